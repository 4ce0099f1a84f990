import type { ShapeId, Traits } from "./model/model.js";
import type { Customization } from "./customizations/customization.js";
import type { Diagnostic } from "./diagnostics.js";
import type { FeatureSupport } from "./analyze/features.js";
import type { AuthSchemeIr, ProtocolSupport } from "./ir/ir.js";
import type { Emitter } from "./emit/views/file.js";

/** What a module that `--plugin` names may export, each under its name here. */
export interface Plugin {
  /** Preferred to those of the generator, in their order. */
  readonly protocols?: readonly OutsideProtocol[];
  /** Auth schemes that clients can use beside those of the generator. */
  readonly authSchemes?: readonly OutsideAuthScheme[];
  /** Features of operations; their hooks run after those of the generator's. */
  readonly features?: readonly OutsideFeature[];
  /** Applied after those of the generator. */
  readonly customizations?: readonly Customization[];
  /** By shape id of the trait. */
  readonly traits?: Readonly<Record<ShapeId, TraitHandler>>;
  /** What they emit is assembled, formatted and compared like every other file. */
  readonly emitters?: readonly Emitter[];
}

/** A protocol whose constant a package other than the runtime exports. */
export interface OutsideProtocol extends ProtocolSupport {
  /** What generated code imports {@link ProtocolSupport.symbol} from: `example-protocols` or `example-protocols/line`. */
  readonly module: string;
}

/** An auth scheme whose function a package other than the runtime exports: it returns an `AuthScheme` of the runtime. */
export interface OutsideAuthScheme extends AuthSchemeIr {
  /** What generated code imports {@link AuthSchemeIr.symbol} from: `example-auth`. */
  readonly module: string;
}

/** A feature whose function a package other than the runtime exports: it returns a `Feature` of the runtime. */
export interface OutsideFeature extends FeatureSupport {
  /** What generated code imports {@link FeatureSupport.symbol} from: `example-features`. */
  readonly module: string;
}

/**
 * Says what a trait that the generator does not know means in traits that it knows: they are set on the shape or member
 * that carries it. Called for each of them, members before the shapes that they stand in.
 */
export type TraitHandler = (carrier: TraitCarrier) => TraitMeaning;

export interface TraitCarrier {
  /** Value of the trait. */
  readonly value: unknown;
  /** Of the shape or member that carries it. */
  readonly shapeId: ShapeId;
  /** All of its traits. */
  readonly traits: Traits;
}

export interface TraitMeaning {
  /** Traits to set; they win over what stands in the model. */
  readonly traits?: Traits;
  /** What is wrong with the value, or worth saying. */
  readonly diagnostics?: readonly Pick<Diagnostic, "severity" | "code" | "message">[];
}

/** All that several plugins bring. */
export function joinPlugins(plugins: readonly Plugin[]): Required<Plugin> {
  return {
    protocols: plugins.flatMap(({ protocols = [] }) => protocols),
    authSchemes: plugins.flatMap(({ authSchemes = [] }) => authSchemes),
    features: plugins.flatMap(({ features = [] }) => features),
    customizations: plugins.flatMap(({ customizations = [] }) => customizations),
    traits: Object.assign({}, ...plugins.map(({ traits }) => traits)) as Readonly<Record<ShapeId, TraitHandler>>,
    emitters: plugins.flatMap(({ emitters = [] }) => emitters),
  };
}
