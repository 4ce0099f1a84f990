/**
 * What of a generated client its callers can see, as plain data: what two clients are compared by, and what a package
 * keeps of itself. Absent facts are left out, so that two equal clients have equal facts.
 */
import type { OutputTypes } from "../ir/ir.js";

export interface ServiceFacts {
  readonly id: string;
  readonly sdkId: string;
  readonly outputs: OutputTypes;
  /** Shape id of the protocol that the client speaks. */
  readonly protocol: string;
  /** What requests carry whatever the operation, by a word for it. */
  readonly wire: Readonly<Record<string, unknown>>;
  readonly signingName?: string;
  readonly authSchemes: readonly SchemeFacts[];
  /** A service outside AWS: its client has no Region and no credentials. */
  readonly isPlain?: true;
  /** Names of the service object, its client and the like, by what they are. */
  readonly names: Readonly<Record<string, string>>;
  /** Options that only this client has, by name. */
  readonly options: Readonly<Record<string, OptionFacts>>;
  readonly rules?: EndpointRules;
  /** By name in the client. */
  readonly operations: Readonly<Record<string, OperationFacts>>;
  readonly errors: Readonly<Record<string, ShapeFacts>>;
  readonly shapes: Readonly<Record<string, ShapeFacts>>;
  readonly doc?: string;
}

/** Endpoint rules, as the model has them. */
export interface EndpointRules {
  readonly form: "ruleSet" | "bdd";
  readonly rules: unknown;
}

/** A way to authenticate. Schemes of one family take the same identity. */
export interface SchemeFacts {
  readonly name: string;
  readonly family: string;
  /** The value of the scheme's trait, such as the header of an API key. */
  readonly arguments?: readonly unknown[];
}

export interface OptionFacts {
  readonly type: string;
  readonly values?: readonly string[];
  readonly default?: unknown;
}

/** Facts about documentation: its hash, and whether editors strike the name out. */
interface DocumentedFacts {
  readonly doc?: string;
  readonly deprecated?: true;
}

export interface OperationFacts extends DocumentedFacts {
  readonly id: string;
  /** Shape name, which some protocols send. */
  readonly name: string;
  readonly failure: string;
  readonly input?: string;
  readonly output?: string;
  /** Names of the error classes. */
  readonly errors: readonly string[];
  readonly idempotent?: true;
  readonly auth?: string;
  readonly authSchemes?: readonly SchemeFacts[];
  readonly http?: { readonly method: string; readonly uri: string; readonly code: number };
  /** The other fields of its descriptor. */
  readonly features: Readonly<Record<string, unknown>>;
  readonly pages?: PagesFacts;
  /** By name of the function. */
  readonly waiters: Readonly<Record<string, WaiterFacts>>;
}

export interface PagesFacts {
  readonly function: string;
  readonly tokens: { readonly input: string; readonly output: readonly string[]; readonly size?: string };
  readonly items?: { readonly path: string; readonly of: "list" | "map"; readonly item: MemberFacts };
}

export interface WaiterFacts {
  readonly acceptors: readonly unknown[];
  readonly delays: readonly [min: number, max: number];
  readonly deprecated?: true;
}

export interface ShapeFacts extends DocumentedFacts {
  readonly id: string;
  readonly kind: "structure" | "union" | "enum" | "intEnum";
  readonly inInput?: true;
  readonly inOutput?: true;
  /** Of a structure or union. */
  readonly members?: Readonly<Record<string, MemberFacts>>;
  /** Constants of an enum. */
  readonly values?: Readonly<Record<string, string | number>>;
  readonly validator?: string;
  readonly error?: ErrorFacts;
  readonly xml?: unknown;
}

export interface ErrorFacts {
  readonly fault: string;
  /** Name that the service sends. */
  readonly name: string;
  readonly status?: number;
  readonly queryErrorCode?: string;
  readonly retryable?: true | "throttling";
}

export interface MemberFacts extends DocumentedFacts {
  /** Smithy's type. */
  readonly type: string;
  /** Name in the client of the structure, union or enum that it is of. */
  readonly target?: string;
  readonly member?: MemberFacts;
  readonly key?: MemberFacts;
  readonly value?: MemberFacts;
  /** Whether its type lets it be left out. */
  readonly optional?: true;
  /** Whether the model requires it. */
  readonly required?: true;
  readonly sparse?: true;
  readonly streaming?: true;
  readonly requiresLength?: true;
  readonly sensitive?: true;
  readonly idempotencyToken?: true;
  readonly default?: unknown;
  readonly clientDefault?: string;
  readonly length?: Bounds;
  readonly range?: Bounds;
  readonly pattern?: string;
  readonly uniqueItems?: true;
  readonly contextParam?: string;
  /** What its protocol reads of where and how it is sent. */
  readonly bindings?: Readonly<Record<string, unknown>>;
}

export interface Bounds {
  readonly min?: number;
  readonly max?: number;
}
