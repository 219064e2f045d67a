/** Whose files this device keeps beside everybody's, remembered from version to version. */
import { AUDIENCES, type Audience } from '#lib/core/sync/audiences.ts';

/** A cache of its own, which no new version clears. */
const NOTES = 'kept-audiences';
const noteOf = (audience: Audience): string => `/kept-audiences/${audience}`;

export async function noteAudience(audience: Audience): Promise<void> {
	const notes = await caches.open(NOTES);
	await notes.put(noteOf(audience), new Response());
}

export async function keptAudiences(): Promise<Audience[]> {
	const notes = await caches.open(NOTES);
	const kept = await Promise.all(AUDIENCES.map((audience) => notes.match(noteOf(audience))));
	return AUDIENCES.filter((_, at) => kept[at] !== undefined);
}
