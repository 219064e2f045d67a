/**
 * An HDLC connection in normal response mode, either end (IEC 62056-46, 6.4.4 and 6.5), sans-IO.
 *
 * Shape: the poll/final bit hands the turn over. Whoever has the turn sends the frames that are not
 * acknowledged, else asks for more of an unfinished message, else (a meter) gives the turn back.
 * Always holds: a frame out of order is never taken, whoever lost it sends it again; a client asks at
 * most `retries` times; a spoiled, foreign or echoed frame only counts.
 */
import { Breach } from '#lib/core/bytes/breach.ts';
import { concatBytes } from '#lib/core/bytes/writer.ts';
import type { DisconnectReason, LinkEvent, LinkPeers, MessageLink } from '../message-link.ts';
import { concernsStation, type HdlcAddress, sameAddress } from './address.ts';
import { type Control, encodeControl } from './control.ts';
import { encodeFrame, type Frame } from './frame.ts';
import { type LinkAction, LINK_TABLE, type LinkState } from './link-table.ts';
import { HdlcTimer } from './link-timer.ts';
import { addLlc, removeLlc, type Role } from './llc.ts';
import { MessageAssembler } from './message-assembler.ts';
import {
	agreeParameters,
	decodeParameters,
	DEFAULT_PARAMETERS,
	encodeParameters,
	type LinkParameters,
} from './parameters.ts';
import { FrameSplitter } from './splitter.ts';
import { cutSegments, ReceiveWindow, SendWindow } from './window.ts';

export interface HdlcLinkSettings {
	readonly role: Role;
	/** A client's own address; a meter's physical device is `own.lower`. */
	readonly own: HdlcAddress;
	/** The meter a client asks; a meter learns its client from SNRM. */
	readonly peer?: HdlcAddress;
	/** Logical devices a meter answers for; every one where absent. */
	readonly devices?: readonly number[];
	/** Lengths of its address that a meter listens to; all of them where absent. */
	readonly addressLengths?: readonly HdlcAddress['length'][];
	/** What we offer, from our point of view. */
	readonly parameters?: LinkParameters;
	/** How long a client waits for the next octet of an answer. */
	readonly responseTimeoutMs?: number;
	/** How often a client asks again. */
	readonly retries?: number;
	/** Silence that ends a frame that began. */
	readonly interOctetTimeoutMs?: number;
	/** Silence after which a meter forgets the connection; 0 for never. */
	readonly inactivityTimeoutMs?: number;
	/** Time one octet takes on the line: 10 000 / baud. */
	readonly octetTimeMs?: number;
	/** Take every N(S): some meters send 0 in each frame. */
	readonly tolerateNumbers?: boolean;
}

/**
 * How often SNRM follows an answered DISC: a meter slower than the response time-out answers the SNRM
 * before, each time anew.
 */
const MAX_CLEARS = 3;
/** How many RR a client sends while the meter is not ready to answer, before it gives up. */
const MAX_POLLS = 60;
/** Bits of the FRMR reason octet. */
const FRMR_INFORMATION_TOO_LONG = 0x20;

/** What a link has seen that was not for use. */
export interface HdlcCounters {
	/** Frames that were whole and for us, but out of order or out of place. */
	ignored: number;
	/** Frames of our own that came back. */
	echoes: number;
	/** Bursts and polls sent again after a time-out. */
	retransmissions: number;
}

/** One end of an HDLC connection. */
export class HdlcLink implements MessageLink {
	readonly counters: HdlcCounters = { ignored: 0, echoes: 0, retransmissions: 0 };
	readonly #settings: HdlcLinkSettings;
	readonly #offered: LinkParameters;
	readonly #splitter = new FrameSplitter();
	readonly #timer: HdlcTimer;
	#state: LinkState = 'disconnected';
	#own: HdlcAddress;
	#peer: HdlcAddress | undefined;
	#parameters: LinkParameters = DEFAULT_PARAMETERS;
	#out = new SendWindow();
	#in = new ReceiveWindow();
	#assembler = new MessageAssembler();
	#output: Uint8Array[] = [];
	/** Whether it is for us to send now. */
	#turn = false;
	/** Whether frames were missing in the peer's last burst. */
	#gap = false;
	#answerAwaited = false;
	#polls = 0;
	/** Whether DISC was sent to clear an old connection before SNRM goes out again. */
	#clearing = false;
	/** Whether DISC went out since `connect`: a DM may then be its late answer and refuses nothing. */
	#cleared = false;
	/** How often DISC was answered since `connect`. */
	#clears = 0;
	#echoing = false;

	constructor(settings: HdlcLinkSettings) {
		if (settings.role === 'client' && !settings.peer)
			throw new TypeError('a client needs the address of its meter');
		this.#settings = settings;
		this.#offered = settings.parameters ?? DEFAULT_PARAMETERS;
		this.#own = settings.own;
		this.#peer = settings.peer;
		this.#timer = new HdlcTimer(settings);
	}

	get state(): LinkState {
		return this.#state;
	}

	/** What was agreed; the defaults before. */
	get parameters(): LinkParameters {
		return this.#parameters;
	}

	/** Frames that began well and were dropped because a check failed or the rest never came. */
	get spoiled(): number {
		return this.#splitter.spoiled;
	}

	get wakeAtMs(): number | undefined {
		return this.#timer.wakeAtMs(this.#splitter.partial);
	}

	takeOutput(): Uint8Array[] {
		const output = this.#output;
		this.#output = [];
		return output;
	}

	connect(nowMs: number): void {
		this.#state = 'connecting';
		this.#clearing = false;
		this.#cleared = false;
		this.#clears = 0;
		this.#timer.begin();
		this.#transmit(nowMs);
	}

	disconnect(nowMs: number): void {
		if (this.#state === 'disconnected') return;
		this.#state = 'disconnecting';
		this.#timer.begin();
		this.#transmit(nowMs);
	}

	/** @throws {TypeError} slip: not connected */
	send(message: Uint8Array, nowMs: number, answerAwaited = true): void {
		if (this.#state !== 'connected') throw new TypeError('the link is not connected');
		const { role } = this.#settings;
		this.#out.add(cutSegments(addLlc(role, message), this.#parameters.infoTransmit));
		this.#answerAwaited = role === 'client' && answerAwaited;
		this.#polls = 0;
		if (this.#turn) this.#takeTurn(nowMs);
	}

	awaitMore(nowMs: number): void {
		if (this.#state !== 'connected') return;
		this.#answerAwaited = true;
		if (this.#turn && !this.#out.pending) this.#supervise('RR', nowMs);
	}

	pass(nowMs: number): void {
		if (this.#state === 'connected' && this.#turn) this.#supervise('RR', nowMs);
	}

	receive(octets: Uint8Array, nowMs: number): LinkEvent[] {
		if (this.#timer.silentTooLong(nowMs)) this.#splitter.discardPartial();
		const events: LinkEvent[] = [];
		for (const frame of this.#splitter.push(octets)) this.#takeFrame(frame, nowMs, events);
		this.#timer.heard(nowMs, this.#splitter.partial);
		return events;
	}

	wake(nowMs: number): LinkEvent[] {
		const events: LinkEvent[] = [];
		if (this.#splitter.partial && this.#timer.silentTooLong(nowMs)) this.#splitter.discardPartial();
		const due = this.#timer.due(nowMs);
		if (due === 'inactive' && this.#settings.role === 'meter') this.#end('inactive', events);
		else if (due === 'poll') this.#supervise('RR', nowMs);
		else if (due === 'response') this.#askAgain(nowMs, events);
		return events;
	}

	#askAgain(nowMs: number, events: LinkEvent[]): void {
		// Some meters take SNRM only after DISC has cleared what they remember of an earlier session.
		if (this.#state === 'connecting') this.#clearing = !this.#clearing;
		this.#cleared ||= this.#clearing;
		if (!this.#clearing && !this.#timer.again()) {
			this.#end(this.#state === 'disconnecting' ? 'released' : 'no-answer', events);
			return;
		}
		this.counters.retransmissions += 1;
		this.#transmit(nowMs);
	}

	/** Sends what the state has to send, for the first time or again. */
	#transmit(nowMs: number): void {
		if (this.#state === 'connecting' && !this.#clearing)
			this.#emit({ type: 'SNRM', pollFinal: true }, nowMs, encodeParameters(this.#offered));
		else if (this.#state === 'connecting' || this.#state === 'disconnecting')
			this.#emit({ type: 'DISC', pollFinal: true }, nowMs);
		else if (this.#out.pending) this.#sendBurst(nowMs);
		else this.#supervise('RR', nowMs);
	}

	#takeFrame(frame: Frame, nowMs: number, events: LinkEvent[]): void {
		if (!this.#concernsUs(frame)) return;
		const action = LINK_TABLE[this.#settings.role][this.#state][frame.control.type];
		if (!action) {
			this.counters.ignored += 1;
			return;
		}
		try {
			this.#act(action, frame, nowMs, events);
		} catch (error) {
			if (!(error instanceof Breach)) throw error;
			this.#end('breach', events);
		}
	}

	#act(action: LinkAction, frame: Frame, nowMs: number, events: LinkEvent[]): void {
		const { control } = frame;
		switch (action) {
			case 'opened':
				if (this.#clearing) this.#clear(nowMs, events);
				else this.#open(frame, events);
				return;
			case 'accept':
				this.#accept(frame, nowMs, events);
				return;
			case 'release':
				this.#emit({ type: 'UA', pollFinal: true }, nowMs);
				this.#end('peer-released', events);
				return;
			case 'deny':
				if (control.pollFinal) this.#deny(frame, nowMs);
				return;
			case 'notify':
				events.push({ kind: 'notification', octets: removeLlc(frame.information) });
				return;
			case 'refused':
				if (this.#clearing) this.#clear(nowMs, events);
				else if (!this.#cleared) this.#end('refused', events);
				return;
			case 'closed':
				this.#end('released', events);
				return;
			case 'lost':
			case 'frame-rejected':
				this.#end(action, events);
				return;
			default:
				this.#takeNumbered(action, frame, nowMs, events);
		}
	}

	/** I, RR, REJ and RNR of a connection that stands. */
	#takeNumbered(action: LinkAction, frame: Frame, nowMs: number, events: LinkEvent[]): void {
		const { control } = frame;
		if (!('receiveNumber' in control) || !this.#out.acknowledge(control.receiveNumber)) {
			this.counters.ignored += 1;
			return;
		}
		if (control.type === 'I' && !this.#takeInformation(frame, control.sendNumber, nowMs, events))
			return;
		if (!control.pollFinal) return;
		this.#timer.answered();
		if (action === 'busy') this.#waitForPeer(nowMs);
		else this.#takeTurn(nowMs);
	}

	/** @returns false where the frame is as if it had never come */
	#takeInformation(frame: Frame, sendNumber: number, nowMs: number, events: LinkEvent[]): boolean {
		const { role, tolerateNumbers } = this.#settings;
		const order = tolerateNumbers
			? 'next'
			: this.#in.classify(sendNumber, this.#parameters.windowReceive);
		// A client that hears an old frame again keeps waiting; a meter that does was not understood.
		if (order === 'repeated' && role === 'client') {
			this.counters.ignored += 1;
			return false;
		}
		if (order !== 'next') {
			this.counters.ignored += 1;
			this.#gap = order === 'ahead' || this.#gap;
			return true;
		}
		if (role === 'meter' && frame.information.length > this.#parameters.infoReceive) {
			this.#rejectFrame(frame.control, nowMs);
			return false;
		}
		this.#in.advance();
		this.#gap = false;
		const octets = this.#assembler.take(frame.information, frame.segmented);
		if (octets) {
			this.#answerAwaited = false;
			events.push({ kind: 'message', octets, peers: this.#peers() });
		}
		// A meter owes the answer, and sends it when its application gives it.
		if (octets && role === 'meter' && frame.control.pollFinal) {
			this.#turn = true;
			return false;
		}
		return true;
	}

	/** It is for us to send: frames, a poll, or (a meter without anything) the turn back. */
	#takeTurn(nowMs: number): void {
		this.#turn = true;
		if (this.#out.pending) this.#sendBurst(nowMs);
		else if (this.#settings.role === 'meter' || this.#gap || this.#assembler.partial)
			this.#supervise('RR', nowMs);
		else if (this.#answerAwaited) this.#waitForPeer(nowMs);
	}

	/** The peer is not ready: ask again in a while, but not for ever. */
	#waitForPeer(nowMs: number): void {
		this.#turn = true;
		if (this.#settings.role === 'meter') this.#supervise('RR', nowMs);
		else if (this.#polls < MAX_POLLS) {
			this.#polls += 1;
			this.#timer.pollLater(nowMs);
		} else this.#timer.exhaust(nowMs);
	}

	#sendBurst(nowMs: number): void {
		const burst = this.#out.burst(this.#parameters.windowTransmit);
		burst.forEach(({ segment, sendNumber }, index) => {
			const pollFinal = index === burst.length - 1;
			const control = {
				type: 'I',
				pollFinal,
				sendNumber,
				receiveNumber: this.#in.expected,
			} as const;
			this.#emit(control, nowMs, segment.information, segment.more);
		});
	}

	#supervise(type: 'RR', nowMs: number): void {
		this.#emit({ type, pollFinal: true, receiveNumber: this.#in.expected }, nowMs);
	}

	#clear(nowMs: number, events: LinkEvent[]): void {
		this.#clearing = false;
		this.#clears += 1;
		if (this.#clears > MAX_CLEARS) this.#end('no-answer', events);
		else this.#transmit(nowMs);
	}

	#open(frame: Frame, events: LinkEvent[]): void {
		this.#reset('connected');
		this.#parameters = agreeParameters(this.#offered, decodeParameters(frame.information));
		this.#turn = true;
		this.#timer.answered();
		events.push({ kind: 'connected', peers: this.#peers(), parameters: this.#parameters });
	}

	#accept(frame: Frame, nowMs: number, events: LinkEvent[]): void {
		const theirs = decodeParameters(frame.information);
		if (this.#state === 'connected') this.#end('peer-released', events);
		this.#reset('connected');
		this.#own = frame.destination;
		this.#peer = frame.source;
		this.#parameters = agreeParameters(this.#offered, theirs);
		this.#emit({ type: 'UA', pollFinal: true }, nowMs, encodeParameters(this.#parameters));
		events.push({ kind: 'connected', peers: this.#peers(), parameters: this.#parameters });
	}

	#deny(frame: Frame, nowMs: number): void {
		this.#own = frame.destination;
		this.#peer = frame.source;
		this.#emit({ type: 'DM', pollFinal: true }, nowMs);
	}

	#rejectFrame(control: Control, nowMs: number): void {
		const numbers = this.#in.expected << 5;
		this.#emit(
			{ type: 'FRMR', pollFinal: true },
			nowMs,
			Uint8Array.of(encodeControl(control), numbers, FRMR_INFORMATION_TOO_LONG),
		);
	}

	#end(reason: DisconnectReason, events: LinkEvent[]): void {
		this.#reset('disconnected');
		this.#timer.answered();
		events.push({ kind: 'disconnected', reason });
	}

	#reset(state: LinkState): void {
		this.#state = state;
		this.#out = new SendWindow();
		this.#in = new ReceiveWindow();
		this.#assembler = new MessageAssembler();
		this.#turn = false;
		this.#gap = false;
		this.#answerAwaited = false;
		this.#clearing = false;
	}

	/** Whether a frame is for us; one of our own that came back is counted. */
	#concernsUs(frame: Frame): boolean {
		if (this.#settings.role === 'meter') return this.#concernsMeter(frame);
		const peer = this.#peer as HdlcAddress;
		// What only a client sends can have come from nobody but us.
		if (frame.control.type === 'SNRM' || frame.control.type === 'DISC') this.#echoing = true;
		const own = sameAddress(frame.source, this.#own) && frame.destination.upper === peer.upper;
		if (own && (this.#echoing || peer.upper !== this.#own.upper) && this.#sentJustNow(frame)) {
			this.counters.echoes += 1;
			return false;
		}
		return sameAddress(frame.destination, this.#own) && frame.source.upper === peer.upper;
	}

	/** Whether the oldest frame of ours that did not come back yet is this one; it then has. */
	#sentJustNow(frame: Frame): boolean {
		return this.#timer.takeEcho(concatBytes(encodeFrame(frame)));
	}

	#concernsMeter(frame: Frame): boolean {
		const { own, devices, addressLengths } = this.#settings;
		const { destination, source, control } = frame;
		if (source.length !== 1 || !concernsStation(destination, own.lower ?? 0)) return false;
		if (addressLengths && !addressLengths.includes(destination.length)) return false;
		if (devices && !devices.includes(destination.upper)) return false;
		if (control.type === 'SNRM' || this.#state === 'disconnected') return true;
		return sameAddress(source, this.#peer as HdlcAddress) && destination.upper === this.#own.upper;
	}

	#peers(): LinkPeers {
		const peer = this.#peer as HdlcAddress;
		return this.#settings.role === 'client'
			? { client: this.#own.upper, device: peer.upper }
			: { client: peer.upper, device: this.#own.upper };
	}

	#emit(
		control: Control,
		nowMs: number,
		information: Uint8Array = new Uint8Array(),
		segmented = false,
	): void {
		const octets = encodeFrame({
			segmented,
			destination: this.#peer as HdlcAddress,
			source: this.#own,
			control,
			information,
		});
		this.#output.push(octets);
		if (control.pollFinal) this.#turn = false;
		this.#timer.sent(octets, nowMs, this.#settings.role === 'client' && control.pollFinal);
	}
}
