/** One attempt to connect over a line that is open: its steps in their order, each of which may be the last. */
import { formatHex, parseHex } from '#lib/core/bytes/hex.ts';
import { ClientAssociation, type Agreement } from '#lib/core/dlms/association/client.ts';
import { ClientEndpoint } from '#lib/core/dlms/association/client-endpoint.ts';
import type { ClientAssociationSettings } from '#lib/core/dlms/association/client-settings.ts';
import type { Identification } from '#lib/core/dlms/opening/identification.ts';
import {
	associationFromProfile,
	openingFromProfile,
	publicAssociationFromProfile,
	secretsNeeded,
} from '#lib/core/dlms/profile/client-connection.ts';
import type { MessageLink } from '#lib/core/dlms/message-link.ts';
import type { Opening } from '#lib/core/dlms/profile/meter-profile.ts';
import { MAX_COUNTER } from '#lib/core/dlms/security/suite.ts';
import { compareMeter } from '#lib/core/field/identity/expected-meter.ts';
import type { PublicFacts } from '#lib/core/field/identity/meter-identity.ts';
import type { LineRecorder } from '#lib/core/field/frame-log/line-recorder.ts';
import { clientLink } from './client-link.ts';
import { CALLED_OFF, failureOfBegun, failureOfEnd } from './connect-failure.ts';
import type {
	Connected,
	ConnectFailure,
	ConnectOrder,
	PublicIdentity,
	Stage,
} from './connect-order.ts';
import { CounterGuard } from './durable-counters.ts';
import { KEEP_ALIVE_MS, type KeepAlive } from './keep-alive.ts';
import type { Line } from './line.ts';
import { LineConversation } from './line-conversation.ts';
import { LineWaiter } from './line-waiter.ts';
import { MeterSession } from './meter-session.ts';
import { readIdentity } from './read-identity.ts';
import { signOn } from './sign-on.ts';

/** Octets of a fresh challenge. */
const CHALLENGE_OCTETS = 16;
const DEFAULT_MAX_BAUD = 9600;
/** What a meter gets to say that it has let go of a link. */
const LET_GO_MS = 500;

/** An association that stands. */
interface Standing {
	readonly session: MeterSession;
	readonly agreement: Agreement;
}

/** The ways to our own link after the public one, in the order they are tried. */
const AFTER_PUBLIC = {
	/**
	 * The link is still up, so that a meter which goes back to 300 baud at its end has not done so yet;
	 * then the whole opening again; then once more at the rate there was.
	 */
	'mode-e': ['same-rate-quick', 'sign-on', 'same-rate'],
	'direct-hdlc': ['same-rate'],
	wrapper: ['same-rate'],
} as const satisfies Record<Opening, readonly string[]>;

export class ConnectAttempt {
	readonly #line: Line;
	readonly #recorder: LineRecorder;
	readonly #order: ConnectOrder;
	readonly #opening: Opening;
	readonly #waiter: LineWaiter;
	readonly #guard: CounterGuard;
	#session: MeterSession | undefined;
	#publicLink: MessageLink | undefined;
	#baud: number;
	#identification: Identification | undefined;

	constructor(line: Line, recorder: LineRecorder, order: ConnectOrder, opening: Opening) {
		this.#line = line;
		this.#recorder = recorder;
		this.#order = order;
		this.#opening = opening;
		this.#waiter = new LineWaiter(line, order.host.timer);
		this.#guard = new CounterGuard(order.host.counters);
		this.#baud = order.port.medium === 'stream' ? 0 : order.profile.baud;
	}

	/** @throws {LinkFault | CountersNotKept} */
	async run(): Promise<Connected | ConnectFailure> {
		const { signal } = this.#order;
		const callOff = (): void => {
			void this.#session?.abandon();
			this.#waiter.call();
		};
		signal?.addEventListener('abort', callOff);
		try {
			const outcome = await this.#steps();
			// Called off after the last step: the conversation is not wanted any more.
			if (!this.#calledOff || outcome.kind === 'failed') return outcome;
			await outcome.conversation.end();
			return CALLED_OFF;
		} finally {
			signal?.removeEventListener('abort', callOff);
		}
	}

	get #calledOff(): boolean {
		return this.#order.signal?.aborted ?? false;
	}

	async #steps(): Promise<Connected | ConnectFailure> {
		const { profile, progress } = this.#order;
		if (this.#opening === 'mode-e') {
			const failure = await this.#signOn();
			if (failure) return failure;
		}
		const open = await this.#associate('public', profile.publicClient, false);
		if ('kind' in open) return open;
		progress?.({ step: 'reading-identity' });
		const needsKeys = secretsNeeded(profile).includes('keys');
		const read = await readIdentity(
			{ agreement: open.agreement, ask: (wish) => open.session.ask(wish) },
			profile.invocationCounter,
			needsKeys,
			this.#order.host.timer,
		);
		if ('kind' in read) return this.#interrupted(open.session);
		const identity = publicIdentity(read.facts, read.atMs);
		progress?.({ step: 'identified', identity });
		const other = this.#isOther(read.facts);
		if (other) {
			await open.session.leave();
			return other;
		}
		if (needsKeys) this.#raiseCounter(read.facts.counter);
		if (profile.client === profile.publicClient) return this.#connected(open, identity);
		progress?.({ step: 'releasing' });
		await open.session.leave(this.#opening === 'mode-e');
		const own = await this.#associateOwn();
		return 'kind' in own ? own : this.#connected(own, identity);
	}

	async #interrupted(session: MeterSession): Promise<ConnectFailure> {
		await session.abandon();
		return failureOfEnd(await session.ended, 'public');
	}

	async #signOn(): Promise<ConnectFailure | undefined> {
		const { profile, progress, host, maxBaud = DEFAULT_MAX_BAUD, softwareParity } = this.#order;
		progress?.({ step: 'signing-on' });
		this.#recorder.carries('opening', host.timer.nowMs());
		const signedOn = await signOn(
			{ ...openingFromProfile(profile, maxBaud), ...(softwareParity && { softwareParity }) },
			{ waiter: this.#waiter, put: (octets) => this.#line.send(octets), timer: host.timer },
			() => this.#calledOff,
		);
		this.#recorder.carries('hdlc', host.timer.nowMs());
		switch (signedOn.kind) {
			case 'ready':
				this.#baud = signedOn.baud;
				this.#identification = signedOn.identification;
				progress?.({ step: 'signed-on', identification: signedOn.identification });
				return undefined;
			case 'failed':
				return { kind: 'failed', why: 'opening', opening: signedOn.why };
			case 'called-off':
				return CALLED_OFF;
			case 'ended':
				return { kind: 'failed', why: 'link', stage: 'public', reason: 'peer-released' };
		}
	}

	/** A meter that hears one client at a time is let go first, so that it goes back to its opening. */
	async #signOnAnew(): Promise<ConnectFailure | undefined> {
		const { timer } = this.#order.host;
		this.#publicLink?.disconnect(timer.nowMs());
		for (const octets of this.#publicLink?.takeOutput() ?? []) await this.#line.send(octets);
		await this.#waiter.next(timer.nowMs() + LET_GO_MS);
		return this.#signOn();
	}

	/** Link and association of our own client, by each way that may be needed after the public one. */
	async #associateOwn(): Promise<Standing | ConnectFailure> {
		const { client } = this.#order.profile;
		let outcome: Standing | ConnectFailure = CALLED_OFF;
		for (const way of AFTER_PUBLIC[this.#opening]) {
			if (this.#calledOff) return CALLED_OFF;
			const notSignedOn = way === 'sign-on' ? await this.#signOnAnew() : undefined;
			outcome = notSignedOn ?? (await this.#associate('own', client, way === 'same-rate-quick'));
			const silent =
				'kind' in outcome && (outcome.why === 'no-answer' || outcome.why === 'opening');
			if (!silent) return outcome;
		}
		return outcome;
	}

	async #associate(
		stage: Stage,
		client: number,
		quick: boolean,
	): Promise<Standing | ConnectFailure> {
		const { profile, host, parameters, progress } = this.#order;
		if (this.#calledOff) return CALLED_OFF;
		const settings = this.#associationSettings(stage);
		if ('kind' in settings) return settings;
		progress?.({ step: 'associating', stage, client, baud: this.#baud });
		const link = clientLink({
			profile,
			client,
			opening: this.#opening,
			baud: this.#baud,
			quick,
			...(parameters && { parameters }),
		});
		if (stage === 'public') this.#publicLink = link;
		const keepAlive = this.#keepAlive();
		const session = new MeterSession({
			waiter: this.#waiter,
			put: (octets) => this.#line.send(octets),
			endpoint: new ClientEndpoint(link, new ClientAssociation(settings)),
			guard: this.#guard,
			timer: host.timer,
			fixedInvokeId: settings.fixedInvokeId !== undefined,
			...(keepAlive && { keepAlive }),
		});
		this.#session = session;
		const begun = await session.begin();
		if (begun.kind === 'associated') return { session, agreement: begun.agreement };
		await session.ended;
		return this.#calledOff ? CALLED_OFF : failureOfBegun(begun, stage);
	}

	#associationSettings(stage: Stage): ClientAssociationSettings | ConnectFailure {
		const { profile, secrets, client, host, expected } = this.#order;
		if (stage === 'public') return publicAssociationFromProfile(profile);
		const settings = associationFromProfile(profile, secrets, {
			...client,
			challenge: host.random(CHALLENGE_OCTETS),
			counters: this.#guard.port,
		});
		if ('missing' in settings)
			return { kind: 'failed', why: 'secrets-missing', missing: settings.missing };
		// A meter tells its title where titles are part of the association, and only there.
		return expected?.systemTitle !== undefined && settings.security
			? { ...settings, expectedTitle: parseHex(expected.systemTitle) }
			: settings;
	}

	#keepAlive(): KeepAlive | undefined {
		const { keepAlive } = this.#order;
		if (keepAlive === 'none') return undefined;
		const by = this.#opening === 'wrapper' ? 'question' : 'receive-ready';
		return keepAlive ?? { afterMs: KEEP_ALIVE_MS, by };
	}

	/** Why this is not the meter that was meant; undefined where it is, or where any will do. */
	#isOther(facts: PublicFacts): ConnectFailure | undefined {
		const { expected = {}, profile } = this.#order;
		const comparison = compareMeter(expected, facts);
		if (comparison.kind === 'other') return { ...comparison, kind: 'failed', why: 'other-meter' };
		// A password goes out before the meter tells its title, so that the title comes too late.
		const late = profile.mechanism === 'low' && Object.keys(expected).length > 0;
		const compared = expected.deviceName !== undefined || expected.serialNumber !== undefined;
		return comparison.kind === 'untold' || (late && !compared)
			? { kind: 'failed', why: 'identity-untold' }
			: undefined;
	}

	/**
	 * Our counter goes above the one the meter holds. Nothing proves that the meter said it, so half of
	 * the values stay out of a forger's reach.
	 */
	#raiseCounter(held: number | undefined): void {
		const { sendSpace } = this.#order.client;
		const { port } = this.#guard;
		if (held === undefined || held >= MAX_COUNTER / 2) return;
		if (held + 1 > port.read(sendSpace)) port.write(sendSpace, held + 1);
	}

	#connected({ session, agreement }: Standing, identity: PublicIdentity): Connected {
		const { digest } = this.#recorder;
		const { meterTitle } = agreement;
		return {
			kind: 'connected',
			conversation: new LineConversation(session, this.#line, agreement),
			identity: {
				...identity,
				...(meterTitle.length > 0 && { systemTitle: formatHex(meterTitle) }),
				opening: this.#opening,
				baud: this.#baud,
				...(this.#identification && { identification: this.#identification }),
			},
			digest: () => ({ sha256: digest.hex(), frames: digest.frames }),
		};
	}
}

function publicIdentity(facts: PublicFacts, atMs: number): PublicIdentity {
	const { deviceName, serialNumber, clock } = facts;
	return {
		...(deviceName !== undefined && { deviceName }),
		...(serialNumber !== undefined && { serialNumber }),
		...(clock && { clock: { shows: clock, atMs } }),
	};
}
