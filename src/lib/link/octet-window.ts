/** How many octets may be on their way to somebody who says how many they have taken. */

export class OctetWindow {
	readonly #most: number;
	#under = 0;
	#waiting: PromiseWithResolvers<undefined> | undefined;
	#over = false;

	constructor(most: number) {
		this.#most = most;
	}

	/** Octets on their way. */
	get under(): number {
		return this.#under;
	}

	/** Resolves once nothing is on its way, or nothing ever will be. */
	async empty(): Promise<void> {
		while (this.#under > 0 && !this.#over) await this.#change();
	}

	/** Resolves once `octets` may go, or nothing ever will. One call at a time, at most the window. */
	async room(octets: number): Promise<void> {
		while (this.#under + octets > this.#most && !this.#over) await this.#change();
	}

	sent(octets: number): void {
		this.#under += octets;
	}

	/** False: more than was on its way. */
	taken(octets: number): boolean {
		if (octets > this.#under) return false;
		this.#under -= octets;
		this.#wake();
		return true;
	}

	/** Nobody takes anything any more. */
	end(): void {
		this.#over = true;
		this.#wake();
	}

	#change(): Promise<unknown> {
		this.#waiting ??= Promise.withResolvers();
		return this.#waiting.promise;
	}

	#wake(): void {
		this.#waiting?.resolve(undefined);
		this.#waiting = undefined;
	}
}
