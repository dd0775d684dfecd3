/** What Next hands to a page: the address, taken apart. */

export type SearchParams = Record<string, string | string[] | undefined>;

export interface PageInput {
  searchParams: Promise<SearchParams>;
}

/** Of a page about one item. */
export interface ItemInput extends PageInput {
  params: Promise<{ id: string }>;
}
