/** What hints that the network may have changed: asking the backend is what tells. */

/** @returns what stops watching */
export function watchPage(onHint: () => void): () => void {
	const onSight = () => {
		if (document.visibilityState === 'visible') onHint();
	};
	addEventListener('online', onHint);
	addEventListener('offline', onHint);
	document.addEventListener('visibilitychange', onSight);
	return () => {
		removeEventListener('online', onHint);
		removeEventListener('offline', onHint);
		document.removeEventListener('visibilitychange', onSight);
	};
}
