/** What one tap began and a person waits for. */
export class Doing {
	/** Until it ends, whatever its end. */
	busy = $state(false);
	readonly #tell: (error: unknown) => void;

	/** @param tell says what broke it off; may throw it on */
	constructor(tell: (error: unknown) => void) {
		this.#tell = tell;
	}

	/** @returns undefined: it broke off, and that was told */
	async run<Outcome>(act: () => Promise<Outcome>): Promise<Outcome | undefined> {
		this.busy = true;
		try {
			return await act();
		} catch (error) {
			this.#tell(error);
			return undefined;
		} finally {
			this.busy = false;
		}
	}
}
