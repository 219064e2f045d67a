/** A meter at a glance, as far as it was read: filled in answer by answer, kept when the meter goes away. */
import { HOST_TIMER } from '#lib/browser/host-timer.ts';
import type { MeterProfile } from '#lib/core/dlms/profile/meter-profile.ts';
import type { EventName } from '#lib/core/dlms/profile/event-names.ts';
import { BARE_CONTEXT, type GlanceContext, glanceOf } from '#lib/core/field/glance/glance.ts';
import { type GlanceReading, withoutParts } from '#lib/core/field/glance/glance-reading.ts';
import { type ExpectedMeter, type Verdict, verdictsOf } from '#lib/core/field/glance/verdicts.ts';
import type { GlancePart } from '#lib/core/field/glance/wanted.ts';
import { ASSUME_UTC } from '#lib/core/field/meter-time.ts';
import {
	type LoggedEvent,
	namesNewestFirst,
} from '#lib/core/field/profile-reading/logged-events.ts';
import type { Interruption } from '#lib/link/ask-in-turn.ts';
import type { Conversation } from '#lib/link/conversation.ts';
import { readNewestEvents } from '#lib/link/read-events.ts';
import { readGlance } from '#lib/link/read-glance.ts';
import { expectedOf } from '#lib/ui/technician/glance/expected.ts';
import type { MeterInHand } from '#lib/ui/technician/meter/rights.ts';
import { rightTimer } from '#lib/ui/probe/open-order.ts';
import { technicianDesk } from './desk.svelte.ts';

/** A screen that is filled in is drawn anew no more often. */
const DRAWN_EVERY_MS = 120;
/** How far our clock may be off when it was put right by the backend's. */
const PUT_RIGHT_WITHIN_MS = 2000;

/** What is not known yet, everything, or what a token or a deed may have changed. */
type Extent = 'rest' | 'all' | 'changed';
const CHANGED_BY_DEEDS: readonly GlancePart[] = [
	...(['account', 'credit', 'charge', 'relay', 'limiter', 'sts', 'event-code'] as const),
];

export class MeterGlanceDesk {
	reading = $state.raw<GlanceReading>();
	running = $state(false);
	/** Why the last reading ended before its time. */
	interrupted = $state.raw<Interruption>();
	/** Newest entries of the event logs. */
	events = $state.raw<readonly LoggedEvent[]>([]);
	/** When something was last read. */
	readAtMs = $state<number>();
	#context = $state.raw<GlanceContext>(BARE_CONTEXT);
	#expected = $state.raw<ExpectedMeter>({});
	readonly #names = $derived<readonly EventName[]>(namesNewestFirst(this.events));
	/** Everything known, understood; undefined before anything was asked. */
	readonly shown = $derived(
		this.reading && glanceOf(this.reading, { ...this.#context, events: this.#names }),
	);
	/** Heaviest first. */
	readonly verdicts = $derived<readonly Verdict[]>(
		this.shown
			? verdictsOf(this.shown, this.#expected, this.readAtMs ?? HOST_TIMER.nowMs(), this.#names)
			: [],
	);
	#conversation: Conversation | undefined;
	#profile: MeterProfile | undefined;
	#stop: AbortController | undefined;
	/** Something was done to the meter while it was read. */
	#changed = false;

	/** Reads what is not known yet, and the newest events; resolves when that is over. */
	async read(
		conversation: Conversation,
		profile: MeterProfile,
		inHand: MeterInHand | undefined,
	): Promise<void> {
		this.stop();
		const { desk } = technicianDesk;
		const offsetMs = desk?.clock.offsetMs ?? null;
		this.#conversation = conversation;
		this.#profile = profile;
		this.#expected = expectedOf(inHand?.meter);
		this.#context = {
			ours: { uncertaintyMs: offsetMs === null ? null : PUT_RIGHT_WITHIN_MS, zone: ASSUME_UTC },
			eventCodes: profile.eventCodes ?? {},
			events: [],
		};
		await this.#run(offsetMs ?? 0, 'rest');
	}

	/** Reads on where it was stopped. */
	async goOn(): Promise<void> {
		await this.#run(technicianDesk.desk?.clock.offsetMs ?? 0, 'rest');
	}

	/** Reads everything anew. */
	async again(): Promise<void> {
		await this.#run(technicianDesk.desk?.clock.offsetMs ?? 0, 'all');
	}

	/** Reads anew what a token or a deed changes; until all of it has come, what was read before is shown. */
	async afterDeed(): Promise<void> {
		if (!this.reading) return;
		if (this.running) this.#changed = true;
		else if (this.shown?.progress.complete)
			await this.#run(technicianDesk.desk?.clock.offsetMs ?? 0, 'changed');
		else this.reading = withoutParts(this.reading, CHANGED_BY_DEEDS);
	}

	/** Stops; what was read stays, and is gone on with. */
	stop(): void {
		this.#stop?.abort();
	}

	forget(): void {
		this.stop();
		this.reading = undefined;
		this.interrupted = undefined;
		this.events = [];
		this.readAtMs = undefined;
	}

	async #run(offsetMs: number, what: Extent): Promise<void> {
		const [conversation, profile] = [this.#conversation, this.#profile];
		if (!conversation || !profile || (this.running && what === 'rest')) return;
		this.stop();
		const own = new AbortController();
		this.#stop = own;
		this.running = true;
		this.interrupted = undefined;
		try {
			await this.#fill(conversation, own.signal, rightTimer(offsetMs), what);
			if (!own.signal.aborted) await this.#readEvents(conversation, profile, own.signal);
		} finally {
			if (this.#stop === own) {
				this.running = false;
				this.#stop = undefined;
			}
			if (this.#changed && !this.running && !own.signal.aborted) {
				this.#changed = false;
				void this.afterDeed();
			}
		}
	}

	async #fill(
		conversation: Conversation,
		signal: AbortSignal,
		timer: ReturnType<typeof rightTimer>,
		what: Extent,
	): Promise<void> {
		let drawnMs = 0;
		let latest: GlanceReading | undefined;
		const from = what === 'all' ? undefined : this.#from(what);
		const reports = readGlance(conversation, { timer, signal, ...(from && { from }) });
		for await (const { reading, interrupted } of reports) {
			if (this.#stop?.signal !== signal) return;
			latest = reading;
			if (interrupted) this.interrupted = interrupted;
			this.readAtMs = timer.nowMs();
			if (interrupted === undefined && what === 'changed') continue;
			if (timer.nowMs() - drawnMs < DRAWN_EVERY_MS && !interrupted) continue;
			this.reading = reading;
			drawnMs = timer.nowMs();
		}
		if (latest) this.reading = latest;
	}

	#from(what: Extent): GlanceReading | undefined {
		return this.reading && what === 'changed'
			? withoutParts(this.reading, CHANGED_BY_DEEDS)
			: this.reading;
	}

	async #readEvents(
		conversation: Conversation,
		profile: MeterProfile,
		signal: AbortSignal,
	): Promise<void> {
		const logs = this.shown?.logs ?? [];
		if (!profile.eventCodes || this.interrupted) return;
		const { events } = await readNewestEvents(conversation, logs, {
			timer: HOST_TIMER,
			codes: profile.eventCodes,
			signal,
		});
		if (this.#stop?.signal === signal) this.events = events;
	}
}
