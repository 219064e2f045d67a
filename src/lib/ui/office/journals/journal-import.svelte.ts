/**
 * A till's file on its way into the backend, a few rows at a time. It stops where there is no answer and goes
 * on from there; handing in twice changes nothing, for the backend knows each entry by its number and hash.
 */
import * as v from 'valibot';
import type { OfficeTillsApi } from '#lib/browser/api/office-tills.ts';
import {
	MAX_JOURNAL_ROWS,
	MissingEntry,
	type JournalBatchRow,
	type JournalImportAnswer,
	type TillExport,
} from '#lib/core/sync/wire-till.ts';
import type { Problem } from '#lib/core/sync/wire.ts';
import { SIGNED_OUT } from '../desk.svelte.ts';
import type { SignedOut } from '../asking.svelte.ts';
import { finalRows, NOTHING_TALLIED, tally, type ImportTally } from './import-tally.ts';
import { readExport, type ExportRefusal } from './read-export.ts';

/** Why an import stands still. */
export type Stop =
	| { readonly because: 'person' }
	| { readonly because: 'no-answer' }
	/** No till of this utility keeps such a journal. */
	| { readonly because: 'not-ours'; readonly problem: Problem }
	/** The backend takes nothing of this file, or nothing for now. */
	| { readonly because: 'problem'; readonly problem: Problem };

export type ImportPhase =
	| { readonly kind: 'none' }
	| { readonly kind: 'reading' }
	| { readonly kind: 'no-journal'; readonly refusal: ExportRefusal }
	| { readonly kind: 'ready' }
	| { readonly kind: 'sending' }
	| { readonly kind: 'stopped'; readonly stop: Stop }
	| { readonly kind: 'finished' };

type ImportApi = Pick<OfficeTillsApi, 'importJournal'>;

export class JournalImport {
	readonly #api: ImportApi;
	readonly #signedOut: SignedOut;
	phase = $state.raw<ImportPhase>({ kind: 'none' });
	file = $state.raw<TillExport>();
	/** Rows with an answer. */
	done = $state(0);
	tally = $state.raw<ImportTally>(NOTHING_TALLIED);
	/** Where the journal ended before the first row was handed in. */
	#headBefore: number | undefined;
	#rowsAtOnce = MAX_JOURNAL_ROWS;
	#stopWanted = false;

	constructor(api: ImportApi, signedOut: SignedOut) {
		this.#api = api;
		this.#signedOut = signedOut;
	}

	/** @param text gives the contents of what was chosen */
	async choose(text: () => Promise<string>): Promise<void> {
		if (this.phase.kind === 'reading' || this.phase.kind === 'sending') return;
		this.#forget();
		this.phase = { kind: 'reading' };
		let read: ReturnType<typeof readExport>;
		try {
			read = readExport(await text());
		} catch {
			// The file went away, or is larger than the browser can hold.
			read = { refusal: 'not-json' };
		}
		if ('refusal' in read) {
			this.phase = { kind: 'no-journal', refusal: read.refusal };
			return;
		}
		this.file = read.file;
		this.phase = { kind: 'ready' };
	}

	/** Begins, or goes on. */
	async send(): Promise<void> {
		const { file } = this;
		if (!file || (this.phase.kind !== 'ready' && this.phase.kind !== 'stopped')) return;
		this.phase = { kind: 'sending' };
		this.#stopWanted = false;
		const stop = await this.#handIn(file);
		this.phase = stop === undefined ? { kind: 'finished' } : { kind: 'stopped', stop };
	}

	/** After the rows that are on their way. */
	stop(): void {
		this.#stopWanted = true;
	}

	/** @returns why it stands still; undefined: every row has its answer */
	async #handIn(file: TillExport): Promise<Stop | undefined> {
		const begun = await this.#begin(file.deviceId);
		if (begun !== undefined) return begun;
		while (this.done < file.entries.length) {
			if (this.#stopWanted) return { because: 'person' };
			const rows = file.entries.slice(this.done, this.done + this.#rowsAtOnce);
			const answer = await this.#ask(file.deviceId, rows);
			if (answer === 'fewer') this.#rowsAtOnce = Math.ceil(rows.length / 2);
			else if ('because' in answer) return answer;
			else {
				const stop = this.#take(answer, rows.length);
				if (stop !== undefined) return stop;
			}
		}
		return undefined;
	}

	/** Without a row: whether the device is one of ours, and where its journal ends. */
	async #begin(deviceId: string): Promise<Stop | undefined> {
		if (this.#headBefore !== undefined) return undefined;
		const answer = await this.#ask(deviceId, []);
		if (answer === 'fewer') throw new TypeError('nothing can be no shorter');
		if ('because' in answer) return isNotOurs(answer) ? { ...answer, because: 'not-ours' } : answer;
		this.#headBefore = answer.journal.sequence;
		return undefined;
	}

	async #ask(
		deviceId: string,
		entries: readonly unknown[],
	): Promise<JournalImportAnswer | Stop | 'fewer'> {
		const rows = entries.map(rowOf);
		const outcome = await this.#api.importJournal({ deviceId, rows });
		if (outcome.kind === 'answer') return outcome.answer;
		if (outcome.kind === 'unknown') return { because: 'no-answer' };
		const { problem } = outcome;
		if (problem.code === 'body-too-large' && rows.length > 1) return 'fewer';
		if (SIGNED_OUT.includes(problem.code)) this.#signedOut(problem);
		return { because: 'problem', problem };
	}

	/** Takes what is final. Nothing of it is: the backend does not get on, and the person says when to try again. */
	#take({ rows }: JournalImportAnswer, sent: number): Stop | undefined {
		if (rows.length !== sent) return { because: 'no-answer' };
		const final = finalRows(rows);
		this.tally = tally(this.tally, rows.slice(0, final), this.#headBefore ?? 0);
		this.done += final;
		const next = rows[final];
		if (final > 0 || next === undefined || next.taken) return undefined;
		return { because: 'problem', problem: next.problem };
	}

	#forget(): void {
		this.file = undefined;
		this.done = 0;
		this.tally = NOTHING_TALLIED;
		this.#headBefore = undefined;
		this.#rowsAtOnce = MAX_JOURNAL_ROWS;
	}
}

const isNotOurs = (stop: Stop): stop is Extract<Stop, { because: 'problem' }> =>
	stop.because === 'problem' && ['not-found', 'other-utility'].includes(stop.problem.code);

/** What a device tells to be missing stands among its entries as the row that it is. */
function rowOf(entry: unknown): JournalBatchRow {
	return v.is(MissingRow, entry) ? entry : { what: 'entry', entry };
}

const MissingRow = v.strictObject({ what: v.literal('missing'), missing: MissingEntry });
