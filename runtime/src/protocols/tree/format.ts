import type { ListMember, MapMember, Member, TargetMember } from "../../schema/shapes.js";

/** A member that holds no other. */
export type SimpleMember = Exclude<Member, TargetMember | ListMember | MapMember>;

/** The name of a structure's or union's member on the wire. */
export type WireName = (name: string, member: Member) => string;
