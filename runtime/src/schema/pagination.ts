/** How an operation pages: `smithy.api#paginated`, and the rules for the last page. Output locations are paths of member names. */
export interface Pagination {
  readonly inputToken: string;
  readonly outputToken: readonly string[];
  readonly items?: readonly string[];
  readonly pageSize?: string;
  /** Output member that is true while there are more pages. If absent, the last page is the one without a token. */
  readonly moreResults?: readonly string[];
  /** The last page returns the token that was sent for it. */
  readonly endsOnSameToken?: true;
}
