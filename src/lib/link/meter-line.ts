/**
 * A meter at the end of a serial line, sans-IO: it signs on in mode E or speaks HDLC at once, changes its
 * rate with its client, and goes back to where it began when the client has gone (IEC 62056-21, 6.3 and
 * annex E). `MeterOpening` and a `MeterEndpoint` do the talking; which of them listens is decided here.
 *
 * Always holds: a mode E meter is back at its opening after every disconnection, and after
 * `inactivityMs` of silence, whatever was said before.
 */
import type { MeterEndpoint } from '#lib/core/dlms/association/meter-endpoint.ts';
import { meterAddress } from '#lib/core/dlms/hdlc/address.ts';
import { encodeFrame } from '#lib/core/dlms/hdlc/frame.ts';
import { HdlcLink, type HdlcLinkSettings } from '#lib/core/dlms/hdlc/link.ts';
import type { MessageLink } from '#lib/core/dlms/message-link.ts';
import type { OpeningOutput } from '#lib/core/dlms/opening/client-opening.ts';
import { OPENING_BAUD, OPENING_RATES } from '#lib/core/dlms/opening/identification.ts';
import { MeterOpening } from '#lib/core/dlms/opening/meter-opening.ts';
import type { LineSettings } from './line.ts';
import type { MeterManner } from './meter-manner.ts';
import { BreakListener, DiscGate, SleepGate } from './meter-moods.ts';

export type MeterLineOutput =
	| { readonly kind: 'octets'; readonly octets: Uint8Array }
	| { readonly kind: 'port'; readonly settings: LineSettings };

/** HDLC that began without a sign-on and came to nothing: as long as an opening waits. */
const FALSE_START_MS = 1500;

export class MeterLine {
	readonly #manner: MeterManner;
	readonly #hdlc: HdlcLinkSettings;
	readonly #endpointOf: (link: MessageLink) => MeterEndpoint;
	readonly #sleep: SleepGate | undefined;
	readonly #break = new BreakListener();
	#output: MeterLineOutput[] = [];
	#phase: 'opening' | 'hdlc' | 'programming' = 'opening';
	#opening: MeterOpening | undefined;
	#endpoint: MeterEndpoint | undefined;
	#disc: DiscGate | undefined;
	#connected = false;
	/** When a mode E meter goes back to its opening. */
	#backAtMs: number | undefined;
	#patienceMs = 0;

	/**
	 * `hdlc` says which addresses it listens to and what it offers.
	 * @throws {RangeError} slip: a rate that no opening can announce
	 */
	constructor(
		manner: MeterManner,
		hdlc: Omit<HdlcLinkSettings, 'role'>,
		endpointOf: (link: MessageLink) => MeterEndpoint,
	) {
		if (manner.opening === 'mode-e' && rateDigit(manner.baud) < 0)
			throw new RangeError(`${manner.baud} baud cannot be announced in an opening`);
		this.#manner = manner;
		this.#hdlc = { ...hdlc, role: 'meter', inactivityTimeoutMs: manner.inactivityMs };
		this.#endpointOf = endpointOf;
		this.#sleep = manner.sleeps ? new SleepGate() : undefined;
	}

	get wakeAtMs(): number | undefined {
		const endpointMs = this.#endpoint?.wakeAtMs;
		const times = [endpointMs, this.#backAtMs].filter((time) => time !== undefined);
		return times.length > 0 ? Math.min(...times) : undefined;
	}

	takeOutput(): MeterLineOutput[] {
		const output = this.#output;
		this.#output = [];
		return output;
	}

	/** Power has come: sets the port. */
	start(nowMs: number): void {
		const { opening, baud, leftOpen, openingForm } = this.#manner;
		if (leftOpen === 'programming') {
			this.#phase = 'programming';
			this.#port({ baud, ...openingForm });
		} else if (leftOpen || opening === 'direct') {
			this.#port(this.#hdlcSettings(baud));
			this.#begin(nowMs, this.#manner.inactivityMs);
			if (leftOpen) this.#leaveOpen(leftOpen.client, nowMs);
		} else this.#goBack();
	}

	receive(octets: Uint8Array, nowMs: number): void {
		if (this.#sleep && !this.#sleep.awake(octets, nowMs)) return;
		if (this.#phase === 'opening') this.#hearOpening(octets, nowMs);
		else if (this.#phase === 'hdlc') this.#hearHdlc(octets, nowMs);
		else if (this.#break.hears(octets)) this.#goHome(nowMs);
	}

	/** What it put out was handed to the line at `nowMs`. */
	answered(nowMs: number): void {
		this.#opening?.answered(nowMs);
	}

	wake(nowMs: number): void {
		if (this.#backAtMs !== undefined && nowMs >= this.#backAtMs) {
			this.#goBack();
			return;
		}
		if (this.#endpoint) this.#settle(this.#endpoint.wake(nowMs), nowMs);
	}

	#hearOpening(octets: Uint8Array, nowMs: number): void {
		const opening = this.#opening as MeterOpening;
		const [ready] = opening.receive(octets, nowMs);
		const output = opening.takeOutput();
		if (!ready) {
			this.#put(output);
			return;
		}
		const atOnce = ready.octets.length > 0;
		if (atOnce && !this.#manner.takesHdlcAtOnce) {
			this.#opening = this.#newOpening();
			return;
		}
		const { confirms, inactivityMs } = this.#manner;
		this.#put(confirms ? output : output.filter(({ kind }) => kind === 'port'));
		if (atOnce) this.#port(this.#hdlcSettings(ready.baud));
		this.#begin(nowMs, atOnce ? FALSE_START_MS : inactivityMs);
		if (atOnce) this.#hearHdlc(ready.octets, nowMs);
	}

	#hearHdlc(octets: Uint8Array, nowMs: number): void {
		const endpoint = this.#endpoint as MeterEndpoint;
		const heard = this.#disc ? this.#disc.pass(octets) : octets;
		this.#settle(endpoint.receive(heard, nowMs), nowMs);
		if (this.#backAtMs !== undefined) this.#backAtMs = nowMs + this.#patienceMs;
	}

	/** Puts out what the endpoint says, and goes back where its client has gone. */
	#settle(events: ReturnType<MeterEndpoint['receive']>, nowMs: number): void {
		const endpoint = this.#endpoint as MeterEndpoint;
		for (const octets of endpoint.takeOutput()) this.#output.push({ kind: 'octets', octets });
		const wasConnected = this.#connected;
		// A client that connects anew ends a connection and begins one: only the last of them counts.
		for (const { kind } of events) if (kind !== 'served') this.#connected = kind === 'connected';
		if (this.#connected) this.#patienceMs = this.#manner.inactivityMs;
		else if (wasConnected) {
			this.#disc?.close();
			this.#goHome(nowMs);
		}
	}

	#begin(nowMs: number, patienceMs: number): void {
		this.#phase = 'hdlc';
		this.#opening = undefined;
		this.#connected = false;
		this.#endpoint = this.#endpointOf(new HdlcLink(this.#hdlc));
		this.#disc = this.#manner.onlyAfterDisc ? new DiscGate() : undefined;
		this.#patienceMs = patienceMs;
		this.#backAtMs = this.#manner.opening === 'mode-e' ? nowMs + patienceMs : undefined;
	}

	/** Where a session began: a direct meter stays where it is. */
	#goHome(nowMs: number): void {
		if (this.#manner.opening === 'mode-e') this.#goBack();
		else if (this.#phase === 'programming') {
			this.#port(this.#hdlcSettings(this.#manner.baud));
			this.#begin(nowMs, this.#manner.inactivityMs);
		}
	}

	#goBack(): void {
		this.#phase = 'opening';
		this.#endpoint = undefined;
		this.#backAtMs = undefined;
		this.#opening = this.#newOpening();
		this.#port({ baud: OPENING_BAUD, ...this.#manner.openingForm });
	}

	#newOpening(): MeterOpening {
		const { maker, baud, text } = this.#manner;
		return new MeterOpening({ identification: `${maker}${rateDigit(baud)}\\2${text}` });
	}

	/** As a client leaves it that connected and went away without a word. */
	#leaveOpen(client: number, nowMs: number): void {
		const { own, addressLengths = [1] } = this.#hdlc;
		const [length] = addressLengths;
		const destination = length === 1 ? meterAddress(own.upper) : { ...own, length: length ?? 4 };
		const snrm = encodeFrame({
			segmented: false,
			destination,
			source: { length: 1, upper: client },
			control: { type: 'SNRM', pollFinal: true },
			information: new Uint8Array(),
		});
		this.#settle((this.#endpoint as MeterEndpoint).receive(snrm, nowMs), nowMs);
		this.#output = this.#output.filter(({ kind }) => kind === 'port');
	}

	#hdlcSettings(baud: number): LineSettings {
		const { hdlcBaud, hdlcForm } = this.#manner;
		return { baud: hdlcBaud ?? baud, ...hdlcForm };
	}

	#port(settings: LineSettings): void {
		this.#output.push({ kind: 'port', settings });
	}

	#put(output: readonly OpeningOutput[]): void {
		const { openingForm, hdlcBaud } = this.#manner;
		for (const entry of output) {
			if (entry.kind === 'octets') this.#output.push(entry);
			else if (entry.dataBits === 8) this.#port(this.#hdlcSettings(entry.baud));
			else this.#port({ baud: hdlcBaud ?? entry.baud, ...openingForm });
		}
	}
}

const rateDigit = (baud: number): number => (OPENING_RATES as readonly number[]).indexOf(baud);
