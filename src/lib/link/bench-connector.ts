/**
 * Opens a meter for the bench: as its own client, as the public one, as a stranger, each rightly or with one
 * deliberate mistake. One line at a time; it is closed again unless an association stands.
 */
import { formatHex } from '#lib/core/bytes/hex.ts';
import { ClientAssociation } from '#lib/core/dlms/association/client.ts';
import { ClientEndpoint } from '#lib/core/dlms/association/client-endpoint.ts';
import type { FrameSink } from '#lib/core/field/frame-log/frame-piece.ts';
import type { ConnectMistake, Mate, Reply } from '#lib/core/field/gateway-bench/step.ts';
import { wholeIn } from '#lib/core/field/understand.ts';
import { raiseCounter } from './association-order.ts';
import { benchAssociation } from './bench-association.ts';
import { clientLink } from './client-link.ts';
import type { ConnectOrder } from './connect-order.ts';
import type { Conversation } from './conversation.ts';
import { CounterGuard } from './durable-counters.ts';
import { LineConversation } from './line-conversation.ts';
import { LinkFault, type LinkFaultKind } from './link-fault.ts';
import { type Begun, MeterSession } from './meter-session.ts';
import { MischiefLink } from './mischief-link.ts';
import { type OpenLine, openLine } from './open-line.ts';

/** The way to the meter and what it is opened with: as for `connect`. */
export type BenchWay = Pick<
	ConnectOrder,
	'port' | 'profile' | 'secrets' | 'client' | 'host' | 'opening' | 'maxBaud' | 'softwareParity'
>;

/** What came of opening the meter. */
export type Opened =
	| {
			readonly kind: 'stands';
			readonly conversation: Conversation;
			/** The link of the association, through which mistakes are made. */
			readonly mischief: MischiefLink;
			/** The system title that the meter told, in hex; empty where it told none. */
			readonly title: string;
	  }
	| { readonly kind: 'refused'; readonly why: string; readonly reply?: Reply }
	/** There is no line, or nobody at its end. */
	| { readonly kind: 'cut'; readonly fault: LinkFaultKind };

/** Opens the meter as somebody, with at most one mistake. */
export type BenchConnector = (
	as: Mate,
	mistake: ConnectMistake | undefined,
	frames: FrameSink,
) => Promise<Opened>;

/** A client SAP that no meter is known to have. */
const STRANGER = 0x63;

/** The connector of a way. It remembers what asked for its last association, so that it can be sent again. */
export function benchConnector(way: BenchWay): BenchConnector {
	const connector = new Connector(way);
	return (as, mistake, frames) => connector.open(as, mistake, frames);
}

class Connector {
	readonly #way: BenchWay;
	readonly #guard: CounterGuard;
	#knowsCounter: boolean;
	#asked: Uint8Array | undefined;

	constructor(way: BenchWay) {
		this.#way = way;
		this.#guard = new CounterGuard(way.host.counters);
		this.#knowsCounter = way.profile.security === 'none';
	}

	async open(as: Mate, mistake: ConnectMistake | undefined, frames: FrameSink): Promise<Opened> {
		if (as === 'own' && !this.#knowsCounter) await this.#learnCounter(frames);
		const opened = await this.#open(as, mistake, frames);
		if (opened.kind === 'stands' && as === 'own') this.#asked = opened.mischief.first;
		return opened;
	}

	/** Our counter goes above the one the meter holds. */
	async #learnCounter(frames: FrameSink): Promise<void> {
		const { profile, client } = this.#way;
		const opened = await this.#open('public', undefined, frames);
		if (opened.kind === 'cut') return;
		this.#knowsCounter = true;
		if (opened.kind !== 'stands') return;
		const target = { classId: 1, logicalName: profile.invocationCounter, attribute: 2 };
		const outcome = await opened.conversation.ask({ kind: 'get', target });
		await opened.conversation.end();
		const answer = outcome.kind === 'answer' ? outcome.answer : undefined;
		const result = answer?.kind === 'get' ? answer.result : undefined;
		const held = result && 'data' in result ? wholeIn(result.data) : undefined;
		raiseCounter(this.#guard.port, client.sendSpace, held);
	}

	async #open(as: Mate, mistake: ConnectMistake | undefined, frames: FrameSink): Promise<Opened> {
		let open: OpenLine | undefined;
		try {
			open = await openLine(this.#way, frames);
			const opened = await this.#associate(open, as, mistake);
			if (opened.kind !== 'stands') await open.line.close();
			return opened;
		} catch (error) {
			await open?.line.close();
			if (error instanceof LinkFault) return { kind: 'cut', fault: error.kind };
			throw error;
		}
	}

	async #associate(
		{ line, waiter, opening, baud }: OpenLine,
		as: Mate,
		mistake: ConnectMistake | undefined,
	): Promise<Opened> {
		const { profile, host } = this.#way;
		const client = { own: profile.client, public: profile.publicClient, stranger: STRANGER }[as];
		const link = clientLink({ profile, client, opening, baud });
		const again = mistake === 'replay' ? this.#asked : undefined;
		const mischief = new MischiefLink(
			link,
			again && { kind: 'instead', octets: again },
			mistake === 'wrong-proof',
		);
		const settings = benchAssociation(this.#way, this.#guard, as, mistake);
		const session = new MeterSession({
			waiter,
			put: (octets) => line.send(octets),
			endpoint: new ClientEndpoint(mischief, new ClientAssociation(settings)),
			guard: this.#guard,
			timer: host.timer,
			fixedInvokeId: settings.fixedInvokeId !== undefined,
		});
		const begun = await session.begin();
		const { reply } = mischief;
		if (begun.kind === 'associated') {
			const conversation = new LineConversation(session, line, begun.agreement);
			const title = formatHex(begun.agreement.meterTitle);
			return { kind: 'stands', conversation, mischief, title };
		}
		await session.ended;
		const fault = faultOf(begun);
		return fault
			? { kind: 'cut', fault }
			: { kind: 'refused', why: whyNot(begun), ...(reply && { reply }) };
	}
}

function faultOf(begun: Begun): LinkFaultKind | undefined {
	return begun.kind === 'over' && begun.end.why === 'fault' ? begun.end.fault : undefined;
}

/** Why there is no association, by the names that the stack has for it. */
function whyNot(begun: Exclude<Begun, { kind: 'associated' }>): string {
	if (begun.kind === 'refused') return begun.diagnostic;
	const { end } = begun;
	if (end.why !== 'failed') return end.why;
	const { failure } = end;
	switch (failure.why) {
		case 'exception':
			return failure.service;
		case 'link':
			return failure.reason;
		default:
			return failure.why;
	}
}
