/** A device whose store answers late, and what its screens say meanwhile. */
import type { Page } from 'playwright-core';

interface Held {
	letGo: () => void;
}

/**
 * Keeps a table of a database busy: who wants to read it waits.
 * @returns what lets it go
 */
export async function holdTable(
	page: Page,
	database: string,
	table: string,
): Promise<() => Promise<void>> {
	const held = await page.evaluateHandle(
		([name, wanted]) =>
			new Promise<Held>((resolve, reject) => {
				const opening = indexedDB.open(name);
				opening.onerror = () => reject(opening.error);
				opening.onsuccess = () => {
					const writing = opening.result.transaction(wanted, 'readwrite');
					let isHeld = true;
					// It lives for as long as something is asked of it.
					const ask = () => {
						const asking = writing.objectStore(wanted).count();
						asking.onsuccess = () => {
							resolve({ letGo: () => (isHeld = false) });
							if (isHeld) ask();
						};
					};
					writing.oncomplete = () => opening.result.close();
					writing.onerror = () => reject(writing.error);
					ask();
				};
			}),
		[database, table] as const,
	);
	return () => held.evaluate(({ letGo }) => letGo());
}

/** @returns whether this was on the page at any moment since */
export async function noteSaid(page: Page, text: string): Promise<() => Promise<boolean>> {
	const noted = await page.evaluateHandle((wanted) => {
		const note = { said: false };
		const look = () => (note.said ||= document.body.textContent.includes(wanted));
		new MutationObserver(look).observe(document.body, {
			...{ childList: true, characterData: true, subtree: true },
		});
		look();
		return note;
	}, text);
	return () => noted.evaluate(({ said }) => said);
}
