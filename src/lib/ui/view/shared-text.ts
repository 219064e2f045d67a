/** What another app hands over when a person shares something with this one (`share_target` of the manifest). */

const PARTS = ['title', 'text', 'url'] as const;

/** All that was shared, in lines; null: nothing was. */
export function sharedTextOf(query: URLSearchParams): string | null {
	const parts = PARTS.flatMap((name) => query.get(name) ?? []).filter((part) => part.trim() !== '');
	return parts.length > 0 ? parts.join('\n') : null;
}
