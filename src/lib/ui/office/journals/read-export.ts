/** A file that somebody chose, as a till's export; or why it is none. Looked at before anything is sent. */
import * as v from 'valibot';
import { TILL_EXPORT_FORMAT, TillExport } from '#lib/core/sync/wire-till.ts';

export const EXPORT_REFUSALS = [
	/** Larger than any journal. */
	'too-large',
	'not-json',
	/** Of something else. */
	'not-export',
	/** Of a later version of the app. */
	'other-version',
	/** It says that it is one, and has not the shape. */
	'damaged',
	/** Without a row. */
	'empty',
] as const;
export type ExportRefusal = (typeof EXPORT_REFUSALS)[number];

/** Octets: 20 000 entries, each as long as one can be, are not reached by any till that works. */
export const MAX_EXPORT_OCTETS = 64 * 1024 * 1024;

/** Order of refusals: that of `EXPORT_REFUSALS`. */
export function readExport(
	text: string,
): { readonly file: TillExport } | { readonly refusal: ExportRefusal } {
	if (text.length > MAX_EXPORT_OCTETS) return { refusal: 'too-large' };
	let read: unknown;
	try {
		read = JSON.parse(text);
	} catch {
		return { refusal: 'not-json' };
	}
	const head = v.safeParse(Head, read);
	if (!head.success) return { refusal: 'not-export' };
	if (head.output.version !== TillExport.entries.version.literal)
		return { refusal: 'other-version' };
	const file = v.safeParse(TillExport, read);
	if (!file.success) return { refusal: 'damaged' };
	return file.output.entries.length === 0 ? { refusal: 'empty' } : { file: file.output };
}

/** What every version says of itself. */
const Head = v.object({ format: v.literal(TILL_EXPORT_FORMAT), version: v.unknown() });
