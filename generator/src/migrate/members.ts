import { ts } from "ts-morph";
import type { ServicePackage } from "./packages.js";
import { sections } from "./sections.js";
import { referencesTo, type Source } from "./source.js";
import type { Binding, Opaque } from "./survey.js";

/** Exports of both aws-sdk and the classic subpath besides services. */
export const shared: ReadonlySet<string> = new Set([
  "AWSError",
  "Config",
  "config",
  "CredentialProviderChain",
  "Credentials",
  "Endpoint",
  "EnvironmentCredentials",
  "events",
  "HttpRequest",
  "HttpResponse",
  "PromiseResult",
  "Request",
  "Response",
  "Service",
  "SharedIniFileCredentials",
]);

/** Those that are only types. */
export const sharedTypes: ReadonlySet<string> = new Set(["AWSError", "PromiseResult"]);

/** Those for which service objects accept the classes of aws-sdk too. */
export const exchangeable: ReadonlySet<string> = new Set(["CredentialProviderChain", "Credentials", "Endpoint"]);

/** The package for a name of aws-sdk. Only names of classes start with a capital letter. */
export function packageFor(name: string, packages: readonly ServicePackage[]): ServicePackage | undefined {
  return /^[A-Z]/.test(name) ? packages.find(({ service }) => service === name.toLowerCase()) : undefined;
}

/** Expressions and type names that refer to a service's class, by service. */
export function classReferences(source: Source, { bindings }: { readonly bindings: readonly Binding[] }) {
  return bindings.flatMap((binding): { readonly name: string; readonly node: ts.Node }[] => {
    switch (binding.kind) {
      case "namespace":
        return binding.uses.flatMap(({ name, node, taken }) =>
          taken
            ? referencesTo(source, taken, taken.name).map((reference) => ({ name, node: reference }))
            : { name, node },
        );
      case "named":
        return binding.elements.flatMap(({ name, node, local }) =>
          ts.isExportSpecifier(node)
            ? []
            : referencesTo(source, node, local).map((reference) => ({ name, node: reference })),
        );
      case "inline":
        return [{ name: binding.name, node: binding.whole }];
      case "client": {
        const { form } = binding;
        const name = binding.service.toUpperCase();
        if (form.kind === "call") return [{ name, node: form.call }];
        if (form.kind !== "import" && form.kind !== "variable") return [];
        return referencesTo(source, form.declaration, form.local).map((node) => ({ name, node }));
      }
    }
  });
}

/** Static members of every service class. */
const classMembers: ReadonlySet<string> = new Set(["prototype", "serviceIdentifier", "apiVersions", "name", "bind"]);

/** Members of a service object that are not operations. */
const objectMembers: ReadonlySet<string> = new Set([
  "addListener",
  "apiVersions",
  "config",
  "customizeRequests",
  "endpoint",
  "getSkewCorrectedDate",
  "makeRequest",
  "makeUnauthenticatedRequest",
  "numRetries",
  "on",
  "once",
  "onAsync",
  "paginationConfig",
  "removeAllListeners",
  "removeListener",
  "setupRequestListeners",
  "waitFor",
]);

/** Why a service of a file cannot be migrated: members that are used and missing in the package. */
export function obstacles(source: Source, node: ts.Node, { name, facts }: ServicePackage): Opaque[] {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === node && !classMembers.has(parent.name.text)) {
    const reason = `${name} has no ${parent.getText(source.file)}`;
    return [{ node: parent, reason, section: sections.absent }];
  }
  if (ts.isQualifiedName(parent) && parent.left === node) return missingType(source, parent, name, facts?.types);
  if (ts.isImportTypeNode(node)) return missingTypeOfImport(node, name, facts?.types);
  const variable = constructed(node);
  if (!variable || !facts) return [];
  return referencesTo(source, variable, variable.name).flatMap(({ parent: use }) => {
    if (
      !ts.isPropertyAccessExpression(use) ||
      facts.operations.has(use.name.text) ||
      objectMembers.has(use.name.text)
    ) {
      return [];
    }
    return [{ node: use, reason: `${name} has no ${use.name.text}`, section: sections.absent }];
  });
}

/** `c` of `const c = new AWS.CloudTrail()` */
export function constructed(node: ts.Node): (ts.VariableDeclaration & { readonly name: ts.Identifier }) | undefined {
  const { parent } = node;
  if (!ts.isNewExpression(parent) || parent.expression !== node) return undefined;
  const variable = parent.parent;
  const isVariable = ts.isVariableDeclaration(variable) && variable.initializer === parent;
  return isVariable && ts.isIdentifier(variable.name)
    ? (variable as ts.VariableDeclaration & { readonly name: ts.Identifier })
    : undefined;
}

function missingType(
  source: Source,
  node: ts.QualifiedName,
  name: string,
  types: ReadonlySet<string> | undefined,
): Opaque[] {
  const inTypes = node.right.text === "Types" && ts.isQualifiedName(node.parent) && node.parent.left === node;
  const type = inTypes ? (node.parent as ts.QualifiedName).right : node.right;
  if (!types || types.has(type.text) || type.text === "Types") return [];
  return [{ node, reason: `${name} has no type ${type.getText(source.file)}`, section: sections.types }];
}

function missingTypeOfImport(node: ts.ImportTypeNode, name: string, types: ReadonlySet<string> | undefined): Opaque[] {
  const { qualifier } = node;
  if (!types || !qualifier || ts.isIdentifier(qualifier) || types.has(qualifier.right.text)) return [];
  return [{ node, reason: `${name} has no type ${qualifier.right.text}`, section: sections.types }];
}
