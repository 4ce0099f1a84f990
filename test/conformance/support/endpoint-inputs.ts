import { readFileSync } from "node:fs";
import { readModel } from "#generator/model/index.js";
import { readService } from "#generator/generate.js";
import { describeOperation, describeEndpointOptions } from "#generator/ir/descriptor.js";
import type { OperationIr, ServiceIr } from "#generator/ir/ir.js";
import { compileParameter } from "#generator/jmespath/parameter.js";
import { rootOf } from "#generator/jmespath/root.js";
import { readClientConfig } from "#runtime/config/client-config.js";
import { endpointOptions } from "#runtime/features/endpoint-options.js";
import type {
  EndpointOption,
  EndpointParameters,
  EndpointResolver,
  Protocol,
  Operation,
  Service,
} from "#runtime/schema/service.js";
import * as jmespath from "#runtime/operations/jmespath.js";
import { awsBuiltIns } from "#runtime/endpoints/aws-built-ins.js";
import { endpointParameters } from "#runtime/endpoints/resolve.js";
import type { EndpointOperationInput } from "../../support/compile-endpoints.js";

/** What a call's configuration is, by the built-in that it fills. */
const options: Readonly<Record<string, string>> = {
  "AWS::Region": "region",
  "AWS::UseFIPS": "useFipsEndpoint",
  "AWS::UseDualStack": "useDualstackEndpoint",
  "SDK::Endpoint": "endpoint",
};

/** A service of a model as far as its endpoint parameters go, collected as a call of its client collects them. */
export class EndpointInputs {
  readonly service: Service;
  readonly #ir: ServiceIr;

  constructor(file: string, resolveEndpoint: EndpointResolver) {
    // Where a call goes does not depend on how its bodies travel, and some cases call operations that stream.
    const shapes: unknown = JSON.parse(readFileSync(file, "utf8"), (key, value: unknown) =>
      key === "smithy.api#streaming" ? undefined : value,
    );
    const { model } = readModel({ file, text: JSON.stringify(shapes) });
    const ir = model && readService(model).service;
    if (!ir) throw new Error(`${file} has no service`);
    this.#ir = ir;
    this.service = {
      name: ir.names.service,
      sdkId: ir.sdkId,
      shapeName: ir.shapeName,
      version: ir.version,
      ...(ir.signingName !== undefined && { signingName: ir.signingName }),
      protocol: {} as Protocol,
      resolveEndpoint,
      endpointBuiltIns: ir.endpointBuiltIns,
      endpointOptions: endpointOptions(describeEndpointOptions(ir) as Readonly<Record<string, EndpointOption>>),
    };
  }

  /** The endpoint parameters of a call. */
  async parametersOf(input: EndpointOperationInput): Promise<EndpointParameters> {
    const { operationName, operationParams = {}, builtInParams = {}, clientParams = {} } = input;
    const given = [
      ...Object.entries(builtInParams).map(([name, value]) => [this.#optionOf(name), value] as const),
      ...Object.entries(clientParams).map(([name, value]) => [this.#optionOfParameter(name), value] as const),
    ];
    const config = await readClientConfig(Object.fromEntries(given), this.service, { env: {}, homeDirectory: "/none" });
    const account = builtInParams["AWS::Auth::AccountId"];
    const operation = this.#operation(operationName);
    return endpointParameters(
      this.service,
      operation,
      operationParams,
      config,
      awsBuiltIns(config, account === undefined ? undefined : String(account)),
    );
  }

  #optionOf(builtIn: string): string {
    const common = options[builtIn];
    if (common !== undefined || builtIn === "AWS::Auth::AccountId") return common ?? "credentials";
    const parameter = Object.entries(this.#ir.endpointBuiltIns).find(([, name]) => name === builtIn)?.[0];
    if (parameter === undefined) throw new Error(`${this.#ir.sdkId} has no ${builtIn}`);
    return this.#optionOfParameter(parameter);
  }

  #optionOfParameter(parameter: string): string {
    const option = this.#ir.endpointOptions.find((each) => each.parameter === parameter);
    if (!option) throw new Error(`${this.#ir.sdkId} has no option for ${parameter}`);
    return option.name;
  }

  #operation(name: string): Operation {
    const ir = this.#ir.operations.find((each) => each.name === name);
    if (!ir) throw new Error(`${this.#ir.sdkId} has no operation ${name}`);
    const unit = { type: "structure", name: "Unit", members: {} } as const;
    return {
      name,
      input: unit,
      output: unit,
      ...describeOperation(ir, this.#ir.protocol),
      ...(ir.operationContextParams && { operationContextParams: this.#contextParams(ir) }),
    };
  }

  #contextParams({ operationContextParams, input }: OperationIr): (input: object) => EndpointParameters {
    const entries = Object.entries(operationContextParams ?? {}).map(([name, path]) => {
      const text = compileParameter(path, rootOf("input", input), { shapes: this.#ir.shapes, runtime: {} });
      return `${JSON.stringify(name)}: ${text}`;
    });
    const helpers = Object.entries(jmespath);
    const script = `return (input) => ({ ${entries.join(", ")} });`;
    const make = new Function(...helpers.map(([name]) => name), script);
    return make(...helpers.map(([, helper]) => helper)) as (input: object) => EndpointParameters;
  }
}
