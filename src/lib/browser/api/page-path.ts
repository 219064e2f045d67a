/** Where a list that the backend gives page by page is asked for. */

/** @param last where the page before ended; null: from the beginning */
export const pagePath = (path: string, name: 'after' | 'before', last: string | null): string =>
	last === null ? path : `${path}?${new URLSearchParams({ [name]: last })}`;
