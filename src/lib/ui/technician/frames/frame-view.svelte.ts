/** The frame log as it is looked at: read a piece at a time, filtered, one frame chosen. One for the page. */
import { breathe } from '#lib/link/ask-in-turn.ts';
import { HOST_TIMER } from '#lib/browser/host-timer.ts';
import { logJson, logText, type LogAbout } from '#lib/core/field/frame-log/log-export.ts';
import type { LogDetail, LogRow } from '#lib/core/field/frame-log/log-row.ts';
import { saveFile } from '#lib/browser/device/save-file.ts';
import { meterDesk } from '#lib/ui/technician/state/meter.svelte.ts';
import { filterOf, type FilterForm, NO_FILTER } from './frame-row.ts';

/** Frames decoded before the page gets a turn. */
const PIECE = 40;
/** A log that grows is drawn anew no more often. */
const LOOK_EVERY_MS = 300;

class FrameView {
	rows = $state.raw<readonly LogRow[]>([]);
	total = $state(0);
	dropped = $state(0);
	form = $state.raw<FilterForm>(NO_FILTER);
	/** The number of the chosen frame. */
	chosen = $state<number>();
	/** The list goes along with what comes. */
	following = $state(true);
	readonly obisWrong = $derived(filterOf(this.form).obisWrong);
	#busy = false;
	/** The newest frame that is shown. */
	#shownTo = -1;

	/** Looks for as long as somebody does; the function it gives ends it. */
	watch(): () => void {
		void this.look();
		const timer = setInterval(() => {
			if (meterDesk.frames.newest !== this.#shownTo || this.#isStale()) void this.look();
		}, LOOK_EVERY_MS);
		return () => clearInterval(timer);
	}

	/** Cleared from elsewhere: what is shown is there no more. */
	#isStale(): boolean {
		return meterDesk.frames.length < this.total;
	}

	/** Decodes what has come, a piece at a time, and shows it. */
	async look(): Promise<void> {
		if (this.#busy) return;
		this.#busy = true;
		const { frames } = meterDesk;
		const { view } = frames;
		while (!view.read(PIECE)) await breathe(HOST_TIMER);
		this.rows = view.rows(filterOf(this.form).filter);
		this.total = frames.length;
		this.dropped = frames.dropped;
		this.#shownTo = frames.newest;
		this.#busy = false;
	}

	/** The chosen frame with its octets and what they say. */
	readonly detail = $derived.by<LogDetail | undefined>(() => {
		const { chosen } = this;
		const isShown = this.rows.some(({ number }) => number === chosen);
		return isShown && chosen !== undefined ? meterDesk.frames.view.detail(chosen) : undefined;
	});

	set(change: Partial<FilterForm>): void {
		this.form = { ...this.form, ...change };
		void this.look();
	}

	clear(): void {
		meterDesk.frames.clear();
		this.chosen = undefined;
		void this.look();
	}

	/** Hands the whole log to the person; digits of tokens only where they asked for them. */
	async save(as: 'text' | 'json', tokens: boolean, nowMs: number): Promise<void> {
		const { frames, connected, drn, port } = meterDesk;
		const view = tokens ? frames.viewWithTokens() : frames.view;
		while (!view.read(PIECE)) await breathe(HOST_TIMER);
		const about: LogAbout = {
			madeAtMs: nowMs,
			...(port && { port: port.name }),
			...(drn !== undefined && { meter: drn }),
			...(connected && { sha256: connected.digest().sha256 }),
			dropped: frames.dropped,
			frames: view.rows().length,
			tokens,
		};
		const parts: string[] = [];
		const written = as === 'json' ? logJson(view.details(), about) : logText(view.details(), about);
		for (const part of written) {
			parts.push(part);
			if (parts.length % PIECE === 0) await breathe(HOST_TIMER);
		}
		const name = `frames-${new Date(nowMs).toISOString().slice(0, 19).replaceAll(':', '')}`;
		if (as === 'json') saveFile(`${name}.json`, parts, 'application/json');
		else saveFile(`${name}.txt`, parts, 'text/plain');
	}
}

export const frameView = new FrameView();
