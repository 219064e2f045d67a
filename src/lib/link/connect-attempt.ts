/** One attempt to connect over a line that is open: its steps in their order, each of which may be the last. */
import { formatHex } from '#lib/core/bytes/hex.ts';
import { secretsNeeded } from '#lib/core/dlms/profile/client-connection.ts';
import type { Opening } from '#lib/core/dlms/profile/meter-profile.ts';
import type { PublicFacts } from '#lib/core/field/identity/meter-identity.ts';
import type { LineRecorder } from '#lib/core/field/frame-log/line-recorder.ts';
import { otherMeter, raiseCounter } from './association-order.ts';
import { CALLED_OFF, failureOfEnd } from './connect-failure.ts';
import { ConnectLine, DEFAULT_MAX_BAUD, type Standing } from './connect-line.ts';
import type { Connected, ConnectFailure, ConnectOrder, PublicIdentity } from './connect-order.ts';
import type { Line } from './line.ts';
import { LineConversation } from './line-conversation.ts';
import type { MeterSession } from './meter-session.ts';
import { readIdentity } from './read-identity.ts';

/** A way to the first answer, or to the next one. */
type Way =
	| 'sign-on'
	/** HDLC at once, at the rate there is, or was when we last spoke. */
	| 'at-rate'
	/** The same, without much patience: another way is left. */
	| 'at-rate-quick';

/** The ways to our own link after the public one, in the order they are tried. */
const AFTER_PUBLIC: Readonly<Record<Opening, readonly Way[]>> = {
	// The public link is still up, so that a meter which goes back to 300 baud at its end has not done so
	// yet; then the whole opening again; then once more at the rate there was.
	'mode-e': ['at-rate-quick', 'sign-on', 'at-rate'],
	'direct-hdlc': ['at-rate'],
	wrapper: ['at-rate'],
};

export class ConnectAttempt {
	readonly #line: Line;
	readonly #recorder: LineRecorder;
	readonly #order: ConnectOrder;
	readonly #opening: Opening;
	readonly #on: ConnectLine;

	constructor(line: Line, recorder: LineRecorder, order: ConnectOrder, opening: Opening) {
		this.#line = line;
		this.#recorder = recorder;
		this.#order = order;
		this.#opening = opening;
		this.#on = new ConnectLine(line, recorder, order, opening);
	}

	/** @throws {LinkFault | CountersNotKept} */
	async run(): Promise<Connected | ConnectFailure> {
		const { signal } = this.#order;
		const callOff = (): void => this.#on.callOff();
		signal?.addEventListener('abort', callOff);
		try {
			const outcome = await this.#steps();
			// Called off after the last step: the conversation is not wanted any more.
			if (!this.#on.calledOff || outcome.kind === 'failed') return outcome;
			await outcome.conversation.end();
			return CALLED_OFF;
		} finally {
			signal?.removeEventListener('abort', callOff);
		}
	}

	async #steps(): Promise<Connected | ConnectFailure> {
		const { profile, progress, client, host } = this.#order;
		const open = await this.#associatePublic();
		if ('kind' in open) return open;
		progress?.({ step: 'reading-identity' });
		const needsKeys = secretsNeeded(profile).includes('keys');
		const read = await readIdentity(
			{ agreement: open.agreement, ask: (wish) => open.session.ask(wish) },
			profile.invocationCounter,
			needsKeys,
			host.timer,
		);
		if ('kind' in read) return this.#interrupted(open.session);
		const identity = publicIdentity(read.facts, read.atMs);
		progress?.({ step: 'identified', identity });
		const other = otherMeter(this.#order, read.facts);
		if (other) {
			await open.session.leave();
			return other;
		}
		if (needsKeys) raiseCounter(this.#on.guard.port, client.sendSpace, read.facts.counter);
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

	/**
	 * The public client's association. A meter whose cable was pulled stays at its rate for a while, deaf to
	 * a sign-on: where one is known it is tried first, else when nobody answers.
	 */
	async #associatePublic(): Promise<Standing | ConnectFailure> {
		const { profile, lastBaud, maxBaud = DEFAULT_MAX_BAUD } = this.#order;
		const { publicClient } = profile;
		if (this.#opening !== 'mode-e') return this.#on.associate('public', publicClient, false);
		const ways: readonly Way[] =
			lastBaud === undefined ? ['sign-on', 'at-rate-quick'] : ['at-rate-quick', 'sign-on'];
		let notSignedOn: ConnectFailure | undefined;
		for (const way of ways) {
			if (this.#on.calledOff) return CALLED_OFF;
			if (way !== 'sign-on') await this.#on.goTo(lastBaud ?? maxBaud);
			const failure = way === 'sign-on' ? await this.#on.signOn() : undefined;
			const outcome =
				failure ?? (await this.#on.associate('public', publicClient, way !== 'sign-on'));
			if (!isSilence(outcome)) return outcome;
			if (way === 'sign-on') notSignedOn = outcome as ConnectFailure;
		}
		return notSignedOn ?? CALLED_OFF;
	}

	/** Link and association of our own client, by each way that may be needed after the public one. */
	async #associateOwn(): Promise<Standing | ConnectFailure> {
		const { client } = this.#order.profile;
		let outcome: Standing | ConnectFailure = CALLED_OFF;
		for (const way of AFTER_PUBLIC[this.#opening]) {
			if (this.#on.calledOff) return CALLED_OFF;
			const failure = way === 'sign-on' ? await this.#signOnAnew() : undefined;
			outcome = failure ?? (await this.#on.associate('own', client, way === 'at-rate-quick'));
			if (!isSilence(outcome)) return outcome;
		}
		return outcome;
	}

	async #signOnAnew(): Promise<ConnectFailure | undefined> {
		await this.#on.letGo();
		return this.#on.signOn();
	}

	#connected({ session, agreement }: Standing, identity: PublicIdentity): Connected {
		const { digest } = this.#recorder;
		const { meterTitle } = agreement;
		const { identification, baud } = this.#on;
		return {
			kind: 'connected',
			conversation: new LineConversation(session, this.#line, agreement),
			identity: {
				...identity,
				...(meterTitle.length > 0 && { systemTitle: formatHex(meterTitle) }),
				opening: this.#opening,
				baud,
				...(identification && { identification }),
			},
			digest: () => ({ sha256: digest.hex(), frames: digest.frames }),
		};
	}
}

/** Whether nobody answered, so that another way may help. */
function isSilence(outcome: Standing | ConnectFailure): boolean {
	if (!('kind' in outcome)) return false;
	if (outcome.why === 'opening') return outcome.opening !== 'hdlc-not-offered';
	return outcome.why === 'no-answer';
}

function publicIdentity(facts: PublicFacts, atMs: number): PublicIdentity {
	const { deviceName, serialNumber, clock } = facts;
	return {
		...(deviceName !== undefined && { deviceName }),
		...(serialNumber !== undefined && { serialNumber }),
		...(clock && { clock: { shows: clock, atMs } }),
	};
}
