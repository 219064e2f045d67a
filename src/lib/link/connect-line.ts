/**
 * A line on which somebody connects: signing on, finding the rate, one association after the other. What
 * is tried next is decided by `ConnectAttempt`; here is how each is done.
 */
import { type Agreement, ClientAssociation } from '#lib/core/dlms/association/client.ts';
import { ClientEndpoint } from '#lib/core/dlms/association/client-endpoint.ts';
import type { MessageLink } from '#lib/core/dlms/message-link.ts';
import type { Identification } from '#lib/core/dlms/opening/identification.ts';
import { openingFromProfile } from '#lib/core/dlms/profile/client-connection.ts';
import type { Opening } from '#lib/core/dlms/profile/meter-profile.ts';
import type { LineRecorder } from '#lib/core/field/frame-log/line-recorder.ts';
import { associationSettings } from './association-order.ts';
import { clientLink } from './client-link.ts';
import { CALLED_OFF, failureOfBegun } from './connect-failure.ts';
import type { ConnectFailure, ConnectOrder, Stage } from './connect-order.ts';
import { CounterGuard } from './durable-counters.ts';
import { KEEP_ALIVE_MS, type KeepAlive } from './keep-alive.ts';
import { eightN1, type Line } from './line.ts';
import { LineWaiter } from './line-waiter.ts';
import { MeterSession } from './meter-session.ts';
import { signOn } from './sign-on.ts';

/** What a port does unless somebody knows better. */
export const DEFAULT_MAX_BAUD = 9600;
/** What a meter gets to say that it has let go of a link. */
const LET_GO_MS = 500;

/** An association that stands. */
export interface Standing {
	readonly session: MeterSession;
	readonly agreement: Agreement;
}

export class ConnectLine {
	readonly guard: CounterGuard;
	readonly #line: Line;
	readonly #recorder: LineRecorder;
	readonly #order: ConnectOrder;
	readonly #opening: Opening;
	readonly #waiter: LineWaiter;
	#session: MeterSession | undefined;
	#publicLink: MessageLink | undefined;
	#baud: number;
	#identification: Identification | undefined;

	constructor(line: Line, recorder: LineRecorder, order: ConnectOrder, opening: Opening) {
		this.guard = new CounterGuard(order.host.counters);
		this.#line = line;
		this.#recorder = recorder;
		this.#order = order;
		this.#opening = opening;
		this.#waiter = new LineWaiter(line, order.host.timer);
		this.#baud = order.port.medium === 'stream' ? 0 : order.profile.baud;
	}

	/** The rate in use; 0 on a stream. */
	get baud(): number {
		return this.#baud;
	}

	/** What mode E told. */
	get identification(): Identification | undefined {
		return this.#identification;
	}

	get calledOff(): boolean {
		return this.#order.signal?.aborted ?? false;
	}

	/** Ends whatever is waited for. */
	callOff(): void {
		void this.#session?.abandon();
		this.#waiter.call();
	}

	/** Mode E from the start; undefined once HDLC can begin. @throws {LinkFault} */
	async signOn(): Promise<ConnectFailure | undefined> {
		const { profile, progress, host, maxBaud = DEFAULT_MAX_BAUD, softwareParity } = this.#order;
		progress?.({ step: 'signing-on' });
		this.#recorder.carries('opening', host.timer.nowMs());
		const signedOn = await signOn(
			{ ...openingFromProfile(profile, maxBaud), ...(softwareParity && { softwareParity }) },
			{ waiter: this.#waiter, put: (octets) => this.#line.send(octets), timer: host.timer },
			() => this.calledOff,
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

	/** Goes to the rate of HDLC without a sign-on: a meter may still be there. @throws {LinkFault} */
	async goTo(baud: number): Promise<void> {
		this.#recorder.carries('hdlc', this.#order.host.timer.nowMs());
		this.#baud = baud;
		await this.#waiter.configure(eightN1(baud));
	}

	/**
	 * Ends the public client's link that was kept: a meter that hears one client at a time goes back to its
	 * opening by it. @throws {LinkFault}
	 */
	async letGo(): Promise<void> {
		const { timer } = this.#order.host;
		this.#publicLink?.disconnect(timer.nowMs());
		for (const octets of this.#publicLink?.takeOutput() ?? []) await this.#line.send(octets);
		await this.#waiter.next(timer.nowMs() + LET_GO_MS);
	}

	/** Link and association of a client SAP. `quick`: asks once and does not wait long. */
	async associate(
		stage: Stage,
		client: number,
		quick: boolean,
	): Promise<Standing | ConnectFailure> {
		const { profile, host, parameters, progress } = this.#order;
		if (this.calledOff) return CALLED_OFF;
		const settings = associationSettings(this.#order, stage, this.guard.port);
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
			guard: this.guard,
			timer: host.timer,
			fixedInvokeId: settings.fixedInvokeId !== undefined,
			...(keepAlive && { keepAlive }),
		});
		this.#session = session;
		const begun = await session.begin();
		if (begun.kind === 'associated') return { session, agreement: begun.agreement };
		await session.ended;
		return this.calledOff ? CALLED_OFF : failureOfBegun(begun, stage);
	}

	#keepAlive(): KeepAlive | undefined {
		const { keepAlive } = this.#order;
		if (keepAlive === 'none') return undefined;
		const by = this.#opening === 'wrapper' ? 'question' : 'receive-ready';
		return keepAlive ?? { afterMs: KEEP_ALIVE_MS, by };
	}
}
