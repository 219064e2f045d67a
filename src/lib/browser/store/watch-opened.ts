/**
 * A list that is sealed, kept as the store has it. Opening asks WebCrypto, after which a live query no longer
 * knows what it has read, and may write nothing: so the plain rows are watched, and opened after.
 */
import { liveQuery } from 'dexie';
import { asStoreFault } from './store-fault.ts';

/**
 * @param rows reads the store and does nothing else; run again on every change of what it read
 * @param open what is shown of them; a slower answer to earlier rows is passed over
 * @param fail is told of what broke: a `StoreFault`, whoever met it, or a slip
 * @returns what stops it
 */
export function watchOpened<Rows, Opened>(
	rows: () => Promise<Rows>,
	open: (rows: Rows) => Promise<Opened>,
	{ show, fail }: { show: (opened: Opened) => void; fail: (error: unknown) => void },
): () => void {
	let latest = 0;
	const broke = (error: unknown) => fail(asStoreFault(error));
	const watching = liveQuery(rows).subscribe({
		next: (read) => {
			const asked = ++latest;
			const isLatest = () => asked === latest;
			open(read).then(
				(opened) => isLatest() && show(opened),
				(error: unknown) => isLatest() && broke(error),
			);
		},
		error: broke,
	});
	return () => {
		latest = -1;
		watching.unsubscribe();
	};
}
