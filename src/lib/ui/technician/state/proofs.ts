/**
 * That a meter was met, once a connection, and what was read of it where the job asks for that: written when the
 * glance is complete, or when the connection is over before it is.
 */
import type { Deed } from '#lib/browser/sync/field-journal.ts';
import type { MeterGlance } from '#lib/core/field/glance/glance.ts';
import { meterMet, readingOfMeter } from '#lib/core/sync/proofs/meeting.ts';
import type { MeterIdentity } from '#lib/link/connect-order.ts';
import type { AtMeter, RunPorts } from './delivery-run.ts';

/** A meter that is connected, as it is met. */
export interface Meeting {
	readonly at: AtMeter;
	readonly identity: MeterIdentity;
	/** Whether a job asks that it be read. */
	readonly toRead: boolean;
}

export interface ProofWorld {
	readonly ports: () => Pick<RunPorts, 'desk'> | undefined;
	readonly tell: (error: unknown) => void;
}

/** The deeds that a meeting is written down as. @param glance as far as it was read */
export function meetingDeeds(
	{ at, identity, toRead }: Meeting,
	glance: MeterGlance | undefined,
): (Deed<'meter-met'> | Deed<'reading'>)[] {
	const { drn, jobId, probe, connected } = at;
	const met: Deed<'meter-met'> = {
		...{ kind: 'meter-met', jobId, drn },
		content: meterMet(probe, identity, drn, glance),
	};
	if (!toRead || !glance?.progress.complete) return [met];
	const content = readingOfMeter(probe, glance, connected.digest().sha256);
	return [met, { kind: 'reading', jobId, drn, content }];
}

/** Watches one connection after the other; each is written down once. */
export class MeetingProofs {
	#open: Meeting | undefined;
	#glance: MeterGlance | undefined;
	/** Connections that are written down. */
	readonly #seen = new WeakSet<object>();
	readonly #world: ProofWorld;

	constructor(world: ProofWorld) {
		this.#world = world;
	}

	/** Looks at what there is now. @param meeting undefined: nothing is connected */
	look(meeting: Meeting | undefined, glance: MeterGlance | undefined): Promise<void> {
		const before = this.#open;
		const isSame = meeting?.at.connected === before?.at.connected;
		const written = before && !isSame ? this.#write(before, this.#glance) : Promise.resolve();
		if (!isSame)
			this.#open = meeting && !this.#seen.has(meeting.at.connected) ? meeting : undefined;
		this.#glance = glance;
		if (!this.#open || !glance?.progress.complete) return written;
		return written.then(() => this.#write(this.#open, glance));
	}

	async #write(meeting: Meeting | undefined, glance: MeterGlance | undefined): Promise<void> {
		const ports = this.#world.ports();
		if (!meeting || !ports || this.#seen.has(meeting.at.connected)) return;
		this.#seen.add(meeting.at.connected);
		if (this.#open === meeting) this.#open = undefined;
		try {
			for (const deed of meetingDeeds(meeting, glance)) await ports.desk.writeDown(deed);
		} catch (error) {
			this.#world.tell(error);
		}
	}
}
