/** The transfer of a firmware image, kept over reloads: the file is chosen again, the meter keeps its blocks. */
import { forgetResume, readResume, writeResume } from '#lib/browser/store/technician-deliveries.ts';
import { holdMeter } from '#lib/browser/sync/meter-hold.ts';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import {
	beginImage,
	type ImageRefusal,
	type ImageRun,
	parseImageRun,
	resumeImage,
} from '#lib/core/field/engineering/image-run.ts';
import { activateImage } from '#lib/core/field/engineering/take-image-answer.ts';
import { imageProof } from '#lib/core/sync/proofs/engineering.ts';
import { digestOf, transferImage } from '#lib/link/transfer-image.ts';
import type { AtMeter, RunPorts } from './delivery-run.ts';

/** Under which a transfer is kept. */
export const FIRMWARE = 'firmware';
/** Where class 18 is in most meters. */
const USUAL_TRANSFER = obis('0.0.44.0.0.255');

/** Why nothing was sent. */
export type FirmwareRefusal = ImageRefusal | 'unreadable-file' | 'other-file' | 'other-tab';

export interface FirmwareWorld {
	readonly ports: () => RunPorts | undefined;
	readonly locks: Pick<LockManager, 'request'>;
	readonly tell: (error: unknown) => void;
}

export class FirmwareDesk {
	run = $state.raw<ImageRun>();
	/** The file in hand. */
	image = $state.raw<{
		readonly name: string;
		readonly octets: Uint8Array;
		readonly digest: string;
	}>();
	digesting = $state(false);
	sending = $state(false);
	refusal = $state.raw<FirmwareRefusal>();
	/** The line went in the middle. */
	interrupted = $state(false);
	#stop: AbortController | undefined;
	/** Whose transfer is shown. */
	#drn: string | undefined;
	readonly #world: FirmwareWorld;

	constructor(world: FirmwareWorld) {
		this.#world = world;
	}

	/** What is stored of this meter's transfer. */
	async look(drn: string): Promise<void> {
		if (this.sending) return;
		if (this.#drn !== drn) this.run = undefined;
		this.#drn = drn;
		await this.#guarded(async ({ store }) => {
			const row = await readResume(store, drn, FIRMWARE);
			if (this.#drn !== drn || this.sending) return;
			this.run = row && parseImageRun(JSON.parse(row.snapshot));
		});
	}

	/** @param octets gives the contents of what was chosen */
	async choose(name: string, octets: () => Promise<Uint8Array>): Promise<void> {
		// What was in hand before is not what a person has chosen now.
		this.image = undefined;
		this.refusal = undefined;
		this.digesting = true;
		try {
			await this.#guarded((ports) => this.#take(ports, name, octets));
		} finally {
			this.digesting = false;
		}
	}

	async #take({ timer }: RunPorts, name: string, read: () => Promise<Uint8Array>): Promise<void> {
		let octets: Uint8Array;
		try {
			octets = await read();
		} catch {
			// The file went away or was changed, or is larger than the browser can hold.
			this.refusal = 'unreadable-file';
			return;
		}
		const digest = await digestOf(octets, { timer });
		if (digest === undefined) return;
		this.image = { name, octets, digest };
		if (this.run && this.run.phase !== 'done' && this.run.digest !== digest)
			this.refusal = 'other-file';
	}

	/** Begins, or goes on where it stopped. @param firmware what runs in the meter, as it says */
	async send(
		at: AtMeter,
		identifier: string,
		labFunction: boolean,
		reason: string,
		firmware?: string,
	): Promise<void> {
		const { image, run } = this;
		if (!image) return;
		const { agreement } = at.connected.conversation;
		if (run && run.phase !== 'done' && run.digest === image.digest)
			return this.#transfer(at, resumeImage(run, agreement), reason, firmware);
		const about = { size: image.octets.length, digest: image.digest, identifier };
		const begun = beginImage(agreement, USUAL_TRANSFER, about, { labFunction });
		if ('refusal' in begun) this.refusal = begun.refusal;
		else await this.#transfer(at, begun.run, reason, firmware);
	}

	/** On a person's word: the meter restarts with the image. */
	async activate(at: AtMeter, reason: string, firmware?: string): Promise<void> {
		if (this.run?.phase === 'ready')
			await this.#transfer(at, activateImage(this.run), reason, firmware);
	}

	/** Pauses between two blocks. */
	pause(): void {
		this.#stop?.abort();
	}

	async forget(drn: string): Promise<void> {
		await this.#guarded(async ({ store }) => {
			await forgetResume(store, drn, FIRMWARE);
			if (this.#drn === drn) this.run = undefined;
		});
	}

	async #transfer(
		at: AtMeter,
		from: ImageRun,
		reason: string,
		firmware: string | undefined,
	): Promise<void> {
		const { image } = this;
		if (this.sending || !image) return;
		this.sending = true;
		this.refusal = undefined;
		this.interrupted = false;
		const stop = new AbortController();
		this.#stop = stop;
		let letGo: (() => void) | undefined;
		try {
			letGo = await holdMeter(this.#world.locks, at.drn);
			if (!letGo) {
				this.refusal = 'other-tab';
				return;
			}
			await this.#guarded(async (ports) => {
				const { conversation } = at.connected;
				const { timer } = ports;
				await this.#keep(ports, at.drn, from);
				for await (const report of transferImage(conversation, from, image.octets, {
					...{ timer, signal: stop.signal },
				})) {
					await this.#keep(ports, at.drn, report.run);
					this.interrupted = report.interrupted !== undefined && !stop.signal.aborted;
				}
				if (this.run && !stop.signal.aborted)
					await this.#prove(at, ports, this.run, reason, firmware);
			});
		} finally {
			letGo?.();
			this.#stop = undefined;
			this.sending = false;
		}
	}

	async #keep({ store, timer }: RunPorts, drn: string, run: ImageRun): Promise<void> {
		const snapshot = JSON.stringify(run);
		await writeResume(store, { drn, subject: FIRMWARE, snapshot, updatedAtMs: timer.nowMs() });
		this.run = run;
	}

	async #prove(
		at: AtMeter,
		{ desk }: RunPorts,
		run: ImageRun,
		reason: string,
		before: string | undefined,
	): Promise<void> {
		const content = imageProof(at.probe, run, { before, after: undefined }, reason);
		await desk.writeDown({ kind: 'firmware-transfer', content, jobId: at.jobId, drn: at.drn });
	}

	async #guarded(work: (ports: RunPorts) => Promise<void>): Promise<void> {
		const ports = this.#world.ports();
		if (!ports) return;
		try {
			await work(ports);
		} catch (error) {
			this.#world.tell(error);
		}
	}
}
