/** Leaving word with the browser, so that it wakes the service worker once there is a network. */

/** Background sync is not in every browser's types, nor in every browser. */
interface WithSync {
	readonly sync?: { register(tag: string): Promise<void> };
}

/** @param tag of `sync-tag.ts` */
export async function leaveWord(tag: string): Promise<void> {
	try {
		const registration = await navigator.serviceWorker?.getRegistration();
		await (registration as (ServiceWorkerRegistration & WithSync) | undefined)?.sync?.register(tag);
	} catch {
		// Refused or absent: the page goes on by itself, and so does the next visit.
	}
}
