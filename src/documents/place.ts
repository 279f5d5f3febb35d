/** Where something stands: the number, from 1, of a page of the file or of a picture. */
export type Place = { readonly page: number } | { readonly image: number };
