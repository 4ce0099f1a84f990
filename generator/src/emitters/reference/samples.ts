import {
  exampleArguments,
  exampleInput,
  type ExampleIr,
  exampleOutput,
  hasClassicMethod,
  instanceName,
  leastInput,
  type OperationIr,
} from "../../plugin.js";
import { highlight } from "./highlight.js";
import { html, type Html } from "./html.js";
import { prose } from "./prose.js";
import type { Site } from "./site.js";

/** A call in several forms. */
export interface Sample {
  readonly title: string | undefined;
  readonly documentation: string | undefined;
  readonly forms: readonly Form[];
  /** The output, as TypeScript. */
  readonly output: string | undefined;
}

interface Form {
  readonly name: "function" | "classic";
  readonly label: string;
  readonly code: string;
}

/** The examples of the model, or one with the smallest input. */
export function samplesOf(operation: OperationIr, site: Site): Sample[] {
  const { examples, input, output } = operation;
  const shown: readonly Partial<ExampleIr>[] = examples.length > 0 ? examples : [{}];
  return shown.map((example) => {
    const used = { input: example.input ?? leastInput(input, site.ir) };
    const classic = classicForm(operation, used, site);
    return {
      title: example.title,
      documentation: example.documentation,
      forms: [functionForm(operation, used, site), ...(classic ? [classic] : [])],
      output: output && example.output && exampleOutput(output, example.output, site.ir),
    };
  });
}

function functionForm(operation: OperationIr, example: Pick<ExampleIr, "input">, site: Site): Form {
  const { packageName, ir } = site;
  const name = site.functionOf(operation);
  const start = `const output = await ${name}(`;
  return {
    name: "function",
    label: "Function",
    code: `${importLine([ir.names.client, name], packageName)}

${clientLine(site)}
${start}${exampleArguments(operation, example, ir, start.length)});`,
  };
}

/** Undefined if the classic service object has no method for the operation. */
function classicForm(operation: OperationIr, example: Pick<ExampleIr, "input">, site: Site): Form | undefined {
  const { packageName, ir } = site;
  const name = site.functionOf(operation);
  if (!hasClassicMethod(operation, ir)) return undefined;
  const instance = instanceName(ir);
  const start = `const output = await ${instance}.${name}(`;
  return {
    name: "classic",
    label: "Classic",
    code: `import { ${ir.names.service} } from "${packageName}/classic";

const ${instance} = new ${ir.names.service}(${optionsText(site)});
${start}${exampleInput(operation, example, ir, start.length) ?? ""}).promise();`,
  };
}

/** An import declaration, on several lines if it is long. */
export function importLine(names: readonly string[], from: string): string {
  const line = `import { ${names.toSorted().join(", ")} } from "${from}";`;
  return line.length <= 90 ? line : `import {\n  ${names.toSorted().join(",\n  ")},\n} from "${from}";`;
}

/** The line that creates the client in each sample. */
export function clientLine(site: Site): string {
  return `const client = new ${site.ir.names.client}(${optionsText(site)});`;
}

function optionsText({ ir: { signingName } }: Site): string {
  return signingName === undefined ? "" : '{ region: "us-east-1" }';
}

/** The call with the first example as the arguments, for samples of paginators and waiters. */
export function sampleArguments(operation: OperationIr, site: Site, used: number): string {
  const [first = { input: leastInput(operation.input, site.ir) }] = operation.examples;
  return exampleArguments(operation, first, site.ir, used);
}

export function samplesHtml(samples: readonly Sample[]): Html {
  return html`${samples.map((sample, index) => sampleHtml(sample, index + 1, samples.length))}`;
}

function sampleHtml({ title, documentation, forms, output }: Sample, index: number, count: number): Html {
  const heading = title ? html`<h3>${title}</h3>` : count > 1 ? html`<h3>Example ${index}</h3>` : "";
  return html`${heading}${prose(documentation)} ${formsHtml(forms, `form-${index}`)}
  ${
    output === undefined
      ? ""
      : html`<p class="caption">Output</p>
          ${codeBlock(output)}`
  } `;
}

/** Forms as tabs of radio buttons, which work without a script. */
function formsHtml(forms: readonly Form[], group: string): Html {
  if (forms.length === 1) return html`${forms.map(({ code }) => codeBlock(code))}`;
  const tabs = forms.map(
    ({ name, label }, index) =>
      html`<input
          type="radio"
          name="${group}"
          id="${group}-${name}"
          value="${name}"
          ${index === 0 ? " checked" : ""}
        /><label for="${group}-${name}">${label}</label>`,
  );
  return html`<fieldset class="forms">
    <legend>Form of the call</legend>
    ${tabs} ${forms.map(({ name, code }) => html`<div class="form ${name}">${codeBlock(code)}</div> `)}
  </fieldset>`;
}

export function codeBlock(code: string): Html {
  return html`<pre class="sample" tabindex="0"><code>${highlight(code)}</code></pre>`;
}
