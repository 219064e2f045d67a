/** A list that the backend gives page by page. */
import type { ApiOutcome } from '#lib/browser/api/call.ts';
import { Asking, type SignedOut } from './asking.svelte.ts';

export interface Page<Row> {
	readonly rows: readonly Row[];
	/** Where the next page begins; null: this was the last. */
	readonly next: string | null;
}

export class Pages<Row> {
	readonly asking: Asking;
	readonly #read: (after: string | null) => Promise<ApiOutcome<Page<Row>>>;
	/** Undefined until the first page is there. */
	rows = $state.raw<readonly Row[]>();
	next = $state.raw<string | null>(null);

	constructor(
		read: (after: string | null) => Promise<ApiOutcome<Page<Row>>>,
		signedOut: SignedOut,
	) {
		this.#read = read;
		this.asking = new Asking(signedOut);
	}

	/** From the beginning. */
	async start(): Promise<void> {
		const page = await this.asking.ask(() => this.#read(null));
		if (page) this.#show(page.rows, page.next);
	}

	async more(): Promise<void> {
		const after = this.next;
		if (after === null) return;
		const page = await this.asking.ask(() => this.#read(after));
		if (page) this.#show([...(this.rows ?? []), ...page.rows], page.next);
	}

	#show(rows: readonly Row[], next: string | null): void {
		this.rows = rows;
		this.next = next;
	}
}

/** An answer with its rows under a name of their own, as a page. */
export function pageOf<Answer extends { readonly next: string | null }, Row>(
	outcome: ApiOutcome<Answer>,
	rows: (answer: Answer) => readonly Row[],
): ApiOutcome<Page<Row>> {
	return outcome.kind === 'answer'
		? { kind: 'answer', answer: { rows: rows(outcome.answer), next: outcome.answer.next } }
		: outcome;
}
