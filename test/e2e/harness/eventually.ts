/** Waits for something that another process does, with a limit and a name for the failure. */

const LOOK_EVERY_MS = 50;

/** @param holds looked at until it is true; throwing counts as not yet */
export async function eventually(
	what: string,
	holds: () => Promise<boolean> | boolean,
	withinMs = 30_000,
): Promise<void> {
	const deadline = Date.now() + withinMs;
	let last: unknown;
	while (Date.now() < deadline) {
		try {
			if (await holds()) return;
		} catch (error) {
			last = error;
		}
		await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
	}
	throw new Error(`not within ${withinMs} ms: ${what}`, { cause: last });
}
