import type { ShapeId } from "../model/model.js";
import { compare } from "../analyze/closure.js";
import {
  clientMembers,
  devices,
  globals,
  keywords,
  modules,
  namespaces,
  pathNames,
  subpaths,
  unexportable,
} from "./reserved.js";

/**
 * The identifiers of a generated package. The name of a descriptor is that of the described thing with `$` appended.
 */
export interface Names {
  /** Name of the service and the service object: `CloudTrail`. */
  readonly service: string;
  readonly client: string;
  readonly clientOptions: string;
  readonly model: string;
  readonly resolveEndpoint: string;
  /** Names of structures, unions and enums. */
  readonly shapes: ReadonlyMap<ShapeId, string>;
  readonly errors: ReadonlyMap<ShapeId, string>;
  readonly operations: ReadonlyMap<ShapeId, OperationNames>;
  /** Names of validators, by the input that they validate. */
  readonly validators: ReadonlyMap<ShapeId, string>;
  /** Names of the waiters' functions, by waiter. */
  readonly waiters: ReadonlyMap<string, string>;
  /** Local names of the runtime's symbols. */
  readonly runtime: Readonly<Record<string, string>>;
}

export interface OperationNames {
  /** Name of the function, its module and the method of the service object. */
  readonly function: string;
  /** Name of the union of its errors. */
  readonly failure: string;
  readonly paginate: string;
}

/** Everything that needs a name. Names are those of the model, after the service's `rename`. */
export interface Nameable {
  readonly sdkId: string;
  readonly shapes: readonly Named[];
  readonly errors: readonly Named[];
  readonly operations: readonly Named[];
  readonly waiters?: readonly string[];
  /** Shape IDs of the structures among `shapes` that are the input of an operation. */
  readonly inputs: readonly ShapeId[];
  readonly runtime: readonly string[];
}

interface Named {
  readonly id: ShapeId;
  readonly name: string;
}

/**
 * Assigns all names. Names that people import most are assigned first, derived names last. A name that is taken or
 * reserved gets the prefix `_`, as in the official clients (`_Record`). The order is that of shape IDs, so a model
 * always gets the same names.
 */
export function nameAll(what: Nameable): Names {
  const taken = new Set<string>();
  const claim = (wanted: string, reserved: (name: string) => boolean = () => false): string => {
    let name = wanted;
    while (taken.has(name) || isNoExport(name) || reserved(name)) name = `_${name}`;
    taken.add(name);
    return name;
  };

  const service = claim(serviceName(what.sdkId));
  const client = claim(`${service}Client`);
  const clientOptions = claim(`${service}ClientOptions`);
  const model = claim(`${service}Model`);
  const resolveEndpoint = claim("resolveEndpoint");

  const errors = new Map(inOrder(what.errors).map(({ id, name }) => [id, claim(name, isNoShape)]));
  const shapes = new Map(
    inOrder(what.shapes).map(({ id, name }) => [id, claim(errors.has(id) ? `${name}Data` : name, isNoShape)]),
  );
  const files = new Set<string>();
  const functions = new Map(
    inOrder(what.operations).map(({ id, name }) => {
      const claimed = claim(lowerFirst(name), (each) => isNoFunction(each) || files.has(each.toLowerCase()));
      files.add(claimed.toLowerCase());
      return [id, claimed] as const;
    }),
  );
  const operations = new Map(
    inOrder(what.operations).map(({ id, name }) => [
      id,
      {
        function: functions.get(id) ?? lowerFirst(name),
        failure: claim(taken.has(`${name}Error`) ? `${name}Failure` : `${name}Error`),
        paginate: claim(`paginate${name}`),
      },
    ]),
  );
  const waiters = new Map((what.waiters ?? []).map((name) => [name, claim(`waitUntil${name}`)]));
  const validators = new Map(what.inputs.map((id) => [id, claim(`validate${shapes.get(id) ?? ""}`)]));
  const runtime = Object.fromEntries(what.runtime.map((symbol) => [symbol, runtimeName(symbol, taken)]));
  const own = { service, client, clientOptions, model, resolveEndpoint };
  return { ...own, shapes, errors, operations, validators, waiters, runtime };
}

function inOrder(items: readonly Named[]): Named[] {
  return items.toSorted((left, right) => compare(left.id, right.id));
}

function isNoExport(name: string): boolean {
  return keywords.has(name) || globals.has(name) || unexportable.has(name);
}

function isNoShape(name: string): boolean {
  return pathNames.test(name) || namespaces.has(name);
}

/** Whether a name is not possible for a function, its module or its method of the service object. */
function isNoFunction(name: string): boolean {
  return subpaths.has(name) || clientMembers.has(name) || devices.test(name);
}

/** A runtime symbol keeps its name unless the package exports the same name. */
function runtimeName(symbol: string, taken: ReadonlySet<string>): string {
  if (!taken.has(symbol)) return symbol;
  const upper = symbol.charAt(0) !== symbol.charAt(0).toLowerCase();
  let name = upper ? `Runtime${symbol}` : `runtime${upperFirst(symbol)}`;
  while (taken.has(name)) name = `_${name}`;
  return name;
}

/** `API Gateway` → `APIGateway`. */
function serviceName(sdkId: string): string {
  const words = sdkId.match(/[A-Za-z0-9]+/g) ?? ["Service"];
  const name = words.map(upperFirst).join("");
  const safe = /^\d/.test(name) ? `_${name}` : name;
  return modules.has(safe.toLowerCase()) ? `${safe}Service` : safe;
}

/** `API Gateway` → `api-gateway`. */
export function packageFolder(sdkId: string): string {
  return (sdkId.match(/[A-Za-z0-9]+/g) ?? ["service"]).join("-").toLowerCase();
}

export function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** File name of an identifier. Names that differ only by case would be the same file on some systems. */
export function fileName(identifier: string, taken: Set<string>): string {
  let name = identifier;
  while (taken.has(name.toLowerCase()) || devices.test(name)) name = `_${name}`;
  taken.add(name.toLowerCase());
  return name;
}
