/**
 * The profiles and logs of the meter: one is read at a time, a piece at a time, kept on this device as it
 * comes, and gone on with after a reload or a pulled cable.
 */
import { HOST_TIMER } from '#lib/browser/host-timer.ts';
import { device } from '#lib/browser/device/device.ts';
import { forgetResume, readResume, writeResume } from '#lib/browser/store/technician-deliveries.ts';
import type { TechnicianStore } from '#lib/browser/store/technician.ts';
import type { Obis } from '#lib/core/dlms/cosem/obis.ts';
import { keepRows, type KeptRows, NO_ROWS } from '#lib/core/field/profile-reading/kept-rows.ts';
import {
	beginProfile,
	confirmProfile,
	expectedRows,
	resumeProfile,
} from '#lib/core/field/profile-reading/profile-steps.ts';
import {
	type ProfileReading,
	profileSettings,
	shapeOf,
} from '#lib/core/field/profile-reading/reading-state.ts';
import type { ProfileRow } from '#lib/core/field/profile-reading/rows.ts';
import { breathe, type Interruption } from '#lib/link/ask-in-turn.ts';
import { readProfile } from '#lib/link/read-profile.ts';
import { technicianDesk } from '#lib/ui/technician/state/desk.svelte.ts';
import { meterDesk } from '#lib/ui/technician/state/meter.svelte.ts';
import {
	formatHead,
	formatPiece,
	headSubject,
	parseHead,
	parsePiece,
	pieceSubject,
	PIECE_ROWS,
} from './kept-reading.ts';
import { fromOf, type RangeName } from './range.ts';

/** A chart that grows is drawn anew no more often, and what came is kept as often. */
const DRAWN_EVERY_MS = 500;
/** Instead of all of them, where a person wants no more. */
const ONLY_NEWEST = 1000;

class Readings {
	/** The profile that is shown. */
	logicalName = $state<Obis>();
	/** How far the look is at what this device has of it. */
	#look = $state<'looking' | 'known' | 'unread'>('looking');
	/** Reading it anew before that would throw it away. */
	readonly isKnown = $derived(this.#look === 'known');
	/** The look failed, which was told: only another one makes it known. */
	readonly isUnread = $derived(this.#look === 'unread');
	reading = $state.raw<ProfileReading>();
	kept = $state.raw<KeptRows>(NO_ROWS);
	running = $state(false);
	interrupted = $state.raw<Interruption>();
	/** When the rows shown were read, where they come from this device. */
	keptAtMs = $state<number>();
	readonly shape = $derived(this.reading && shapeOf(this.reading));
	readonly expected = $derived(this.reading ? expectedRows(this.reading) : null);
	#stop: AbortController | undefined;
	/** Whose profile it is. */
	#drn: string | undefined;
	/** Rows that are read and not yet on the disk. */
	#unkept: ProfileRow[] = [];
	#pieces = 0;

	/** Shows a profile of the meter, with what this device has of it. */
	async choose(logicalName: Obis): Promise<void> {
		const { drn } = meterDesk;
		if (this.#isShown(logicalName, drn)) return;
		this.stop();
		this.#drn = drn;
		this.#show(logicalName, undefined, NO_ROWS);
		await this.#lookUp(logicalName, drn);
	}

	/** Looks up once more what this device has of the profile that is shown. */
	async lookAgain(): Promise<void> {
		if (this.logicalName && !this.isKnown) await this.#lookUp(this.logicalName, this.#drn);
	}

	/** Reads a profile from the start, which throws away what this device has of it. */
	async read(range: RangeName): Promise<void> {
		const [session, logicalName] = [meterDesk.connected, this.logicalName];
		if (!session || !logicalName || !this.isKnown) return;
		this.stop();
		const { shown } = meterDesk.glance;
		const nowMs = device.nowMs() + (shown?.clock.drift?.driftMs ?? 0);
		const settings = profileSettings(logicalName, {
			fromMs: fromOf(range, nowMs),
			account: shown?.payment.account.logicalName ?? null,
		});
		try {
			await this.#forgetKept(logicalName);
		} catch (error) {
			technicianDesk.tell(error);
			return;
		}
		this.#show(logicalName, beginProfile(session.conversation.agreement, settings), NO_ROWS);
		await this.#run();
	}

	/** Goes on where it was broken off, over the session that stands now. */
	async goOn(): Promise<void> {
		const session = meterDesk.connected;
		if (!session || !this.reading || this.running) return;
		this.reading = resumeProfile(this.reading, session.conversation.agreement);
		await this.#run();
	}

	/** A person's word on a long reading: all of it, or only the newest rows. */
	async confirm(all: boolean): Promise<void> {
		if (!this.reading) return;
		const { settings } = this.reading;
		const wished = all ? settings : { ...settings, newest: ONLY_NEWEST };
		this.reading = confirmProfile({ ...this.reading, settings: wished });
		await this.#run();
	}

	/** Stops; what was read stays. */
	stop(): void {
		this.#stop?.abort();
	}

	#show(logicalName: Obis, reading: ProfileReading | undefined, kept: KeptRows): void {
		this.logicalName = logicalName;
		this.reading = reading;
		this.kept = kept;
		this.interrupted = undefined;
		this.keptAtMs = undefined;
		this.#unkept = [];
		this.#pieces = 0;
	}

	async #run(): Promise<void> {
		const session = meterDesk.connected;
		if (!session || !this.reading) return;
		const own = new AbortController();
		this.#stop = own;
		this.running = true;
		this.interrupted = undefined;
		this.keptAtMs = undefined;
		let drawnMs = 0;
		let latest = this.reading;
		let kept = this.kept;
		const draw = async (): Promise<void> => {
			if (this.#stop !== own) return;
			this.reading = latest;
			this.kept = kept;
			await this.#keep(latest, kept.leftOut);
		};
		try {
			const reports = readProfile(session.conversation, latest, {
				timer: HOST_TIMER,
				signal: own.signal,
			});
			for await (const { reading, rows, interrupted } of reports) {
				if (this.#stop !== own) return;
				const before = kept.rows.length;
				latest = reading;
				kept = keepRows(kept, rows);
				this.#unkept.push(...kept.rows.slice(before));
				if (interrupted) this.interrupted = interrupted;
				const nowMs = HOST_TIMER.nowMs();
				if (nowMs - drawnMs < DRAWN_EVERY_MS && this.shape) continue;
				drawnMs = nowMs;
				await draw();
			}
			await draw();
		} catch (error) {
			technicianDesk.tell(error);
		} finally {
			if (this.#stop === own) {
				this.#stop = undefined;
				this.running = false;
			}
		}
	}

	/** Rows first, then the head that counts them: what a crash leaves over is written over. */
	async #keep(reading: ProfileReading, leftOut: number): Promise<void> {
		const place = this.#place();
		if (!place) return;
		const { store, drn, logicalName } = place;
		const updatedAtMs = device.nowMs();
		while (this.#unkept.length > 0) {
			const rows = this.#unkept.splice(0, PIECE_ROWS);
			const subject = pieceSubject(logicalName, this.#pieces);
			await writeResume(store, { drn, subject, snapshot: formatPiece(rows), updatedAtMs });
			this.#pieces += 1;
		}
		const snapshot = formatHead({ reading, pieces: this.#pieces, leftOut });
		await writeResume(store, { drn, subject: headSubject(logicalName), snapshot, updatedAtMs });
	}

	#isShown(logicalName: Obis, drn: string | undefined): boolean {
		return this.logicalName === logicalName && this.#drn === drn;
	}

	async #lookUp(logicalName: Obis, drn: string | undefined): Promise<void> {
		const isShown = () => this.#isShown(logicalName, drn);
		this.#look = 'looking';
		try {
			await this.#takeKept(logicalName, isShown);
			if (isShown()) this.#look = 'known';
		} catch (error) {
			if (isShown()) this.#look = 'unread';
			technicianDesk.tell(error);
		}
	}

	/** What this device has of a profile; what cannot be read any more counts as nothing. */
	async #takeKept(logicalName: Obis, isShown: () => boolean): Promise<void> {
		const place = this.#place();
		if (!place) return;
		const { store, drn } = place;
		const row = await readResume(store, drn, headSubject(logicalName));
		const head = row && parseHead(row.snapshot);
		const columns = head && shapeOf(head.reading)?.columns.length;
		if (!head || columns === undefined) return;
		const rows: ProfileRow[] = [];
		for (let piece = 0; piece < head.pieces; piece += 1) {
			const stored = await readResume(store, drn, pieceSubject(logicalName, piece));
			const read = stored && parsePiece(stored.snapshot, columns);
			if (!read) return;
			rows.push(...read);
			await breathe(HOST_TIMER);
		}
		if (!isShown() || this.running || this.reading) return;
		this.reading = head.reading;
		this.kept = { rows, leftOut: head.leftOut };
		this.keptAtMs = row.updatedAtMs;
		this.#pieces = head.pieces;
	}

	async #forgetKept(logicalName: Obis): Promise<void> {
		const place = this.#place();
		if (!place) return;
		const { store, drn } = place;
		const row = await readResume(store, drn, headSubject(logicalName));
		const pieces = (row && parseHead(row.snapshot)?.pieces) ?? 0;
		await forgetResume(store, drn, headSubject(logicalName));
		for (let piece = 0; piece < pieces; piece += 1)
			await forgetResume(store, drn, pieceSubject(logicalName, piece));
	}

	#place(): { store: TechnicianStore; drn: string; logicalName: Obis } | undefined {
		const { store } = technicianDesk;
		const [{ drn }, { logicalName }] = [meterDesk, this];
		return store && drn !== undefined && logicalName ? { store, drn, logicalName } : undefined;
	}
}

export const readings = new Readings();
