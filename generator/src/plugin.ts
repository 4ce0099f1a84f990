/**
 * The plug-in interface: its types, the facts of a service that emitters read, and functions that turn texts of a model
 * into text of a file, so that they can neither end a literal nor a comment.
 */
import type { ShapeId, Traits } from "./model/model.js";
import type { Customization } from "./customizations/customization.js";
import type { Diagnostic } from "./diagnostics.js";
import type { FeatureSupport } from "./analyze/features.js";
import type { AuthSchemeSupport } from "./analyze/auth.js";
import type { ProtocolSupport } from "./ir/support.js";
import type { Emitter } from "./emit/views/file.js";

export type * from "./ir/ir.js";
export type { Lifecycle, ShapeId, SimpleType, Traits } from "./model/model.js";
export type { Names, OperationNames } from "./ir/names.js";
export type { Diagnostic } from "./diagnostics.js";
export type { ProtocolSupport } from "./ir/support.js";
export type { Customization } from "./customizations/customization.js";
export type { Emission, EmitSettings, EmittedFile, Emitter, PackageAdditions } from "./emit/views/file.js";
export { describePagination } from "./ir/descriptor.js";
export { type Constraints, constraintsOf } from "./emit/views/constraints.js";
export { requiresEndpoint } from "./emit/views/endpoint.js";
export {
  exampleArguments,
  exampleInput,
  exampleOptions,
  exampleOutput,
  hasClassicMethod,
  instanceName,
} from "./emit/views/examples.js";
export { leastInput } from "./emit/views/least-input.js";
export { waiterFacts } from "./emit/views/paths.js";
export { featuredOperation } from "./emit/views/showcase.js";
export { type Direction, memberDeclaration, needsNothing, typeText } from "./emit/views/types.js";
export { fileName } from "./ir/names.js";
export { comment, type DocComment, type DocTag, summary } from "./text/comment.js";
export { Code, literal, memberKey, propertyKey } from "./text/literal.js";
export { markdown } from "./text/markdown.js";
export { type Block, code, hardSpace, oneLine, plainText, readMarkup } from "./text/markup.js";

/** Version of the plug-in interface. It changes when a plug-in that was written for it no longer works. */
export const pluginVersion = 1;

/** Exports of a module that `--plugin` loads. All are optional. */
export interface Plugin {
  /** {@link pluginVersion} that the plug-in was written for. Another one is an error. */
  readonly version?: typeof pluginVersion;
  /** Preferred to the built-in protocols, in the given order. */
  readonly protocols?: readonly OutsideProtocol[];
  /** Auth schemes that clients can use beside those of the generator. */
  readonly authSchemes?: readonly OutsideAuthScheme[];
  /** Features of operations; their hooks run after those of the generator's. */
  readonly features?: readonly OutsideFeature[];
  /** Applied after the built-in customizations. */
  readonly customizations?: readonly Customization[];
  /** Trait handlers by the shape ID of the trait. */
  readonly traits?: Readonly<Record<ShapeId, TraitHandler>>;
  /** Their files are assembled, formatted and compared like all other files. */
  readonly emitters?: readonly Emitter[];
}

/** A protocol whose constant a package other than the runtime exports. */
export interface OutsideProtocol extends ProtocolSupport {
  /** Module that exports {@link ProtocolSupport.symbol}: `example-protocols` or `example-protocols/line`. */
  readonly module: string;
}

/**
 * An auth scheme whose function is exported by another package. The function returns an `AuthScheme` of the runtime.
 */
export interface OutsideAuthScheme extends AuthSchemeSupport {
  /** Module that exports {@link AuthSchemeSupport.symbol}: `example-auth`. */
  readonly module: string;
}

/** A feature whose function is exported by another package. The function returns a `Feature` of the runtime. */
export interface OutsideFeature extends FeatureSupport {
  /** Module that exports {@link FeatureSupport.symbol}: `example-features`. */
  readonly module: string;
}

/**
 * Expresses a trait that the generator does not know by traits that it knows. They are set on the same shape or member.
 * Called for each shape and member that has the trait, members before the shapes that contain them.
 */
export type TraitHandler = (carrier: TraitCarrier) => TraitMeaning;

export interface TraitCarrier {
  /** Value of the trait. */
  readonly value: unknown;
  /** Shape ID of the shape or member that has the trait. */
  readonly shapeId: ShapeId;
  /** All traits of that shape or member. */
  readonly traits: Traits;
}

export interface TraitMeaning {
  /** Traits to set. They override those of the model. */
  readonly traits?: Traits;
  /** Problems of the value. */
  readonly diagnostics?: readonly Pick<Diagnostic, "severity" | "code" | "message">[];
}
