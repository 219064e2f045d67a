/**
 * The meter at the probe: the ways to one, the session with it, and what is known of it. One for the page,
 * whatever screen is shown.
 *
 * Always holds: `connected` is there only while an association stands; no secret is sent before the meter has
 * said who it is; secrets on loan are given back when the session is over, and end it when they are recalled.
 */
import { untrack } from 'svelte';
import type { FieldDesk } from '#lib/browser/sync/field-desk.ts';
import type { MeterProfile, Opening } from '#lib/core/dlms/profile/meter-profile.ts';
import { FrameLog } from '#lib/core/field/frame-log/frame-log.ts';
import type { ExpectedMeter } from '#lib/core/field/identity/expected-meter.ts';
import { drnOf } from '#lib/core/field/identity/told-number.ts';
import type {
	Connected,
	ConnectFailure,
	ConnectStep,
	PublicIdentity,
} from '#lib/link/connect-order.ts';
import type { PortLabel } from '#lib/link/line.ts';
import { notTheMeter } from '#lib/link/not-the-meter.ts';
import { beginSession, rateAfter } from '#lib/ui/probe/begin-session.ts';
import { MeterPorts } from '#lib/ui/probe/ports.svelte.ts';
import { type MeterWay, sameWay, takingOver } from '#lib/ui/probe/way.ts';
import { usualLine, VIRTUAL_PROFILE } from '#lib/ui/technician/meter/known-profiles.ts';
import {
	decideRights,
	findInHand,
	type MeterInHand,
	type MeterRights,
	onLineOf,
} from '#lib/ui/technician/meter/rights.ts';
import {
	ownOrder,
	publicOrder,
	type SessionOrder,
} from '#lib/ui/technician/meter/session-order.ts';
import type { SessionOver } from '#lib/ui/technician/meter/over-view.ts';
import { technicianDesk } from './desk.svelte.ts';
import { MeterGlanceDesk } from './glance.svelte.ts';

export type MeterState =
	| { readonly kind: 'none' }
	| {
			readonly kind: 'connecting';
			/** Undefined before the first. */
			readonly step: ConnectStep | undefined;
			/** What the meter has told so far. */
			readonly identity: PublicIdentity | undefined;
	  }
	| { readonly kind: 'connected' }
	/** There was no connection, or there is none any more. */
	| { readonly kind: 'over'; readonly why: SessionOver };

export interface ConnectOptions {
	/** The meter number that somebody came for: another meter is named before anything secret is sent. */
	readonly expected?: string;
	/** One opening of those the profile has, or another; absent: the profile's. */
	readonly opening?: Opening;
	/** How the line really is, as the doctor has found it. */
	readonly line?: MeterProfile;
	/** The highest rate of the port; 9600 where absent. */
	readonly maxBaud?: number;
	/** Takes the port from another tab of ours. */
	readonly takeOver?: boolean;
	/** The open association only, whatever the jobs allow. */
	readonly publicOnly?: boolean;
}

const NONE: MeterState = { kind: 'none' };
const CALLED_OFF: ConnectFailure = { kind: 'failed', why: 'called-off' };

class MeterDesk {
	readonly ports = new MeterPorts();
	readonly frames = new FrameLog();
	readonly glance = new MeterGlanceDesk();
	state = $state.raw<MeterState>(NONE);
	/** The session that stands; undefined where none does. */
	connected = $state.raw<Connected>();
	/** Of the session that stands or stood last: the way to the meter and what it was begun with. */
	way = $state.raw<MeterWay>();
	profile = $state.raw<MeterProfile>();
	rights = $state.raw<MeterRights>();
	/** The meter of the jobs in hand that this one is. */
	packed = $state.raw<MeterInHand>();
	/** The number the meter has, as it said itself. */
	drn = $state<string>();
	/** When a session last stood: now, while one does. Epoch milliseconds of this device. */
	seenAtMs = $state<number>();
	/** Whether another tab of ours has the port that is busy. */
	heldByTab = $state(false);
	/** Rises with frames; a log that is looked at reads on from it. */
	framesSeen = $state(0);
	#options: ConnectOptions = {};
	/** The rate of a session that broke off: the meter stays at it for a while, deaf to a sign-on. */
	#lastBaud: number | undefined;
	#attempt: AbortController | undefined;
	#ending = false;

	get ways(): readonly MeterWay[] {
		return this.ports.ways;
	}

	get port(): PortLabel | undefined {
		return this.way?.port.label;
	}

	get isBusy(): boolean {
		return this.state.kind === 'connecting' || this.state.kind === 'connected';
	}

	/** Connects; a second time while one is on its way or stands does nothing. Rejects for slips only. */
	async connect(way: MeterWay, options: ConnectOptions = {}): Promise<void> {
		const desk = technicianDesk.desk;
		if (!desk || untrack(() => this.isBusy)) return;
		if (this.way?.id !== way.id) this.#forgetMeter();
		this.way = way;
		this.#options = options;
		this.#attempt = new AbortController();
		this.#ending = false;
		this.state = { kind: 'connecting', step: undefined, identity: undefined };
		const letGo = desk.hold();
		const offLock = desk.vault.onChange(() => {
			if (!desk.vault.isOpen()) this.#recall();
		});
		try {
			const over = await this.#session(desk, options.takeOver ? takingOver(way) : way);
			this.heldByTab = (await way.isHeldByTab?.().catch(() => false)) ?? false;
			this.#over(over);
		} catch (error) {
			this.#over({ kind: 'failed', why: 'counters-not-kept' });
			technicianDesk.tell(error);
		} finally {
			offLock();
			letGo();
		}
	}

	/** Calls an attempt to connect off. */
	cancel(): void {
		this.#attempt?.abort();
	}

	/** Ends the session in good order; resolves when the port is closed. */
	async disconnect(): Promise<void> {
		this.cancel();
		await this.connected?.conversation.end();
	}

	/** Connects once more the way it was done last, where that way is still there. */
	async reconnect(more: ConnectOptions = {}): Promise<void> {
		await this.ports.look();
		const way = this.way && (sameWay(this.ways, this.way.id) ?? this.way);
		if (way) await this.connect(way, { ...this.#options, takeOver: false, ...more });
	}

	/** Connects to whatever meter is there, although somebody came for another one. */
	async reconnectToAny(): Promise<void> {
		const { expected, ...rest } = this.#options;
		this.#options = rest;
		if (expected !== undefined) await this.reconnect();
	}

	/** Whether the way that was lost is there again. */
	get isBack(): boolean {
		return this.way !== undefined && sameWay(this.ways, this.way.id) !== undefined;
	}

	/** Forgets what is over, so that a person chooses anew. */
	leave(): void {
		if (this.isBusy) return;
		this.#forgetMeter();
		this.way = undefined;
		this.state = NONE;
	}

	/** The whole of a session; tells how it ended. */
	async #session(desk: FieldDesk, way: MeterWay): Promise<SessionOver> {
		const { line, publicOnly } = this.#options;
		const { packs } = technicianDesk.packs;
		const expected = this.#options.expected ?? way.drn;
		const wanted = findInHand(packs, expected);
		const isVirtual = way.drn !== undefined || (wanted?.meter.virtual ?? false);
		const usual = usualLine(way.port, { profile: wanted?.profile, isVirtual });
		const base = onLineOf(wanted?.profile ?? usual, line ?? usual);
		if (expected !== undefined && !publicOnly && (wanted?.profile || way.drn === expected)) {
			const rights: MeterRights = wanted?.profile
				? { kind: 'own', packId: wanted.packId }
				: { kind: 'test-keys' };
			const own = wanted?.profile ? base : onLineOf(VIRTUAL_PROFILE, base);
			return this.#lend(desk, way, own, rights, { drn: expected, inHand: wanted });
		}
		const met = await this.#begin(publicOrder(desk, base), way, {});
		if (met.kind === 'failed') return met;
		return this.#met(desk, way, base, met);
	}

	/** A meter that has told who it is, and got nothing of ours yet. */
	async #met(
		desk: FieldDesk,
		way: MeterWay,
		base: MeterProfile,
		met: Connected,
	): Promise<SessionOver> {
		const { expected, publicOnly } = this.#options;
		const { identity, conversation } = met;
		const other = expected === undefined ? undefined : notTheMeter(identity, expected);
		if (other) {
			await conversation.end();
			return other;
		}
		const drn = drnOf(identity);
		const inHand = findInHand(technicianDesk.packs.packs, drn);
		const rights: MeterRights = publicOnly
			? { kind: 'public', because: 'wished' }
			: decideRights(identity, inHand);
		if (rights.kind === 'public' || drn === undefined) {
			this.#know(drn, inHand);
			return this.#stand(met, base, rights);
		}
		await conversation.end();
		// The line is what it was a moment ago, whatever the office says of it.
		const own = onLineOf((rights.kind === 'own' && inHand?.profile) || VIRTUAL_PROFILE, base);
		return this.#lend(desk, way, own, rights, { drn, inHand });
	}

	/** A session with secrets, which it gives back. */
	async #lend(
		desk: FieldDesk,
		way: MeterWay,
		profile: MeterProfile,
		rights: Exclude<MeterRights, { kind: 'public' }>,
		{ drn, inHand }: { readonly drn: string; readonly inHand: MeterInHand | undefined },
	): Promise<SessionOver> {
		if (this.#attempt?.signal.aborted) return CALLED_OFF;
		const virtual = rights.kind === 'test-keys' || inHand?.meter.virtual;
		const { eventCodes = {} } = VIRTUAL_PROFILE;
		const named = virtual && !profile.eventCodes ? { ...profile, eventCodes } : profile;
		const order = await ownOrder(desk, named, rights, drn, inHand);
		if (!order) return { why: 'secrets-recalled' };
		this.#know(drn, inHand);
		try {
			return await this.#own(order, way, rights, drn);
		} finally {
			await order.settle();
		}
	}

	async #own(
		order: SessionOrder,
		way: MeterWay,
		rights: MeterRights,
		drn: string,
	): Promise<SessionOver> {
		const { keys } = order.secrets;
		if (keys) this.frames.useKeys({ keys, clientTitle: order.client.systemTitle });
		const recall = (): void => this.#recall();
		order.recalled?.addEventListener('abort', recall);
		try {
			const outcome = await this.#begin(order, way, { serialNumber: drn });
			if (outcome.kind === 'failed') return outcome;
			return await this.#stand(outcome, order.profile, rights);
		} finally {
			order.recalled?.removeEventListener('abort', recall);
		}
	}

	#begin(
		order: SessionOrder,
		way: MeterWay,
		expected: ExpectedMeter,
	): Promise<Connected | ConnectFailure> {
		const { opening, maxBaud } = this.#options;
		const { signal } = this.#attempt as AbortController;
		return beginSession({
			...{ order, way, expected, signal, opening, maxBaud, lastBaud: this.#lastBaud },
			frames: (piece) => {
				this.frames.add(piece);
				this.framesSeen += 1;
			},
			progress: (step) => {
				if (this.state.kind !== 'connecting') return;
				const identity = step.step === 'identified' ? step.identity : this.state.identity;
				this.state = { kind: 'connecting', step, identity };
			},
		});
	}

	/** A session that stands, until it is over. */
	async #stand(
		connected: Connected,
		profile: MeterProfile,
		rights: MeterRights,
	): Promise<SessionOver> {
		const { way } = this;
		if (way) this.ports.opened(way);
		this.profile = profile;
		this.rights = rights;
		this.connected = connected;
		this.state = { kind: 'connected' };
		this.seenAtMs = Date.now();
		void this.glance.read(connected.conversation, profile, this.packed);
		const end = await connected.conversation.ended;
		this.seenAtMs = Date.now();
		this.#lastBaud = rateAfter(connected.identity, end);
		return this.#ending ? { why: 'secrets-recalled' } : end;
	}

	#know(drn: string | undefined, inHand: MeterInHand | undefined): void {
		if (this.drn !== drn) this.glance.forget();
		this.drn = drn;
		this.packed = inHand;
	}

	#recall(): void {
		this.#ending = true;
		this.#attempt?.abort();
		void this.connected?.conversation.end();
		// The log has learnt the keys; locked, nobody may.
		this.frames.clear();
	}

	#over(why: SessionOver): void {
		this.glance.stop();
		this.connected = undefined;
		this.#attempt = undefined;
		this.state = { kind: 'over', why: this.#ending ? { why: 'secrets-recalled' } : why };
	}

	#forgetMeter(): void {
		this.#lastBaud = undefined;
		this.glance.forget();
		this.profile = undefined;
		this.rights = undefined;
		this.packed = undefined;
		this.drn = undefined;
		this.seenAtMs = undefined;
	}
}

export const meterDesk = new MeterDesk();
