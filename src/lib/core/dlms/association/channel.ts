/**
 * The security of one association, either side (IEC 62056-5-3, 5.3 and 5.7): which keys, which form,
 * whose titles, which counters.
 *
 * Always holds: a counter is taken from its port before anything is made with it; a received counter is
 * accepted only after the tag was right, and only above the last one.
 */
import { equalBytes } from '#lib/core/bytes/equal.ts';
import { Writer } from '#lib/core/bytes/writer.ts';
import { type Apdu, decodeApduLeniently } from '../apdu/apdu.ts';
import type { GeneralCiphering } from '../apdu/general.ts';
import type { KeyScope } from '../apdu/tags.ts';
import {
	cipherApdu,
	type CipherForm,
	type KeyRing,
	openApdu,
	type OpenRefusal,
} from '../security/apdu-cipher.ts';
import {
	acceptCounter,
	type CounterPort,
	counterIsFresh,
	takeCounter,
} from '../security/counter.ts';
import {
	decodeSecurityControl,
	encodeSecurityControl,
	MAX_COUNTER,
	type Protection,
	securityControl,
	type SuiteId,
} from '../security/suite.ts';

export interface ChannelSettings {
	readonly suite: SuiteId;
	readonly keys: KeyRing;
	/** What our messages have; a meter's answers have what was asked with, at least. */
	readonly protection: Protection;
	/** What our answers have at least, whatever was asked with. */
	readonly floor?: Protection;
	/** What we cipher into unless asked in another form. */
	readonly form?: CipherForm;
	readonly ownTitle: Uint8Array;
	/** Empty until the peer tells it. */
	readonly peerTitle: Uint8Array;
	readonly counters: CounterPort;
	/** Spaces of the port: ours, and the peer's (undefined: rising within this association only). */
	readonly sendSpace: string;
	readonly receiveSpace?: string;
	/** A meter that departs from the rules takes counters that were used. */
	readonly takesOldCounters?: () => boolean;
}

/** Why a received message is not taken. */
export type ChannelRefusal =
	| OpenRefusal
	| 'replayed'
	| 'not-ciphered'
	/** general-ciphering for somebody else. */
	| 'other-recipient'
	/** A protection that both sides did not agree to use. */
	| 'not-agreed';

export interface Received {
	/** The plain APDU. */
	readonly octets: Uint8Array;
	readonly control: number;
	readonly scope: KeyScope;
	readonly form: CipherForm;
	readonly counter: number;
	/** Of general-ciphering: what the answer repeats. */
	readonly transactionId?: Uint8Array;
}

/** Octets that hang over every ciphered APDU: tag, length, title, SC, IC, authentication tag. */
export const CIPHER_OVERHEAD = 1 + 5 + 9 + 5 + 12;
/** The same of general-ciphering: transaction id, two titles, two empty fields, the key's id on top. */
const IDENTIFIED_OVERHEAD = CIPHER_OVERHEAD + 9 + 9 + 2 + 3;
/** The longest transaction id that is repeated: those of the trade have 8 octets. */
const MAX_TRANSACTION_ID = 8;

export class SecureChannel {
	readonly settings: ChannelSettings;
	#keys: KeyRing;
	#peerTitle: Uint8Array;
	#lastReceived = -1;
	#scope: KeyScope = 'glo';
	#form: CipherForm;
	#protection: Protection;
	#transactionId: Uint8Array | undefined;

	constructor(settings: ChannelSettings) {
		this.settings = settings;
		this.#keys = settings.keys;
		this.#peerTitle = settings.peerTitle;
		this.#form = settings.form ?? 'service';
		this.#protection = settings.protection;
	}

	get peerTitle(): Uint8Array {
		return this.#peerTitle;
	}

	/** The most octets that hang over a message in the form we use now. */
	get overhead(): number {
		return this.#form === 'identified' ? IDENTIFIED_OVERHEAD : CIPHER_OVERHEAD;
	}

	/** The peer told its system title. */
	setPeerTitle(title: Uint8Array): void {
		this.#peerTitle = title;
	}

	/** From now on messages go under the dedicated key. */
	useDedicated(key: Uint8Array): void {
		this.#keys = { ...this.#keys, dedicated: key };
		this.#scope = 'ded';
	}

	useForm(form: CipherForm): void {
		this.#form = form;
	}

	/** Answers go in the form, under the key and with the protection that was asked in. */
	answerAs({ scope, form, control, transactionId }: Received): void {
		this.#transactionId = transactionId?.slice(0, MAX_TRANSACTION_ID);
		this.#scope = scope;
		this.#form = form;
		const asked = protectionOf(control);
		const { floor } = this.settings;
		this.#protection = floor === undefined || floor === asked ? asked : 'authenticated-encrypted';
	}

	/** The next counter of ours, used from now on; undefined when the key is used up. */
	takeCounter(): number | undefined {
		return takeCounter(this.settings.counters, this.settings.sendSpace);
	}

	/**
	 * Sets our counter to what the meter says it wants, where that is higher. Nothing proves that the
	 * meter said it, so half of the values stay out of a forger's reach.
	 */
	raiseCounter(value: number): void {
		const { counters, sendSpace } = this.settings;
		if (value > counters.read(sendSpace) && value <= MAX_COUNTER / 2)
			counters.write(sendSpace, value);
	}

	/**
	 * A plain APDU ciphered; the initiate APDUs always go under the global key, in their own form.
	 * @returns undefined when the key is used up
	 */
	cipher(plain: Uint8Array, initiate = false): Uint8Array | undefined {
		const counter = this.takeCounter();
		if (counter === undefined) return undefined;
		return cipherApdu(plain, {
			keys: this.#keys,
			scope: initiate ? 'glo' : this.#scope,
			form: initiate ? 'service' : this.#form,
			control: securityControl(this.settings.suite, this.#protection),
			counter,
			systemTitle: this.settings.ownTitle,
			recipient: this.#peerTitle,
			// Who asks needs an id that is new each time, and the counter is.
			transactionId: this.#transactionId ?? new Writer(8).u32(0).u32(counter).finish(),
		});
	}

	/**
	 * Opens a message of the peer.
	 * @throws {Breach} where it is not an APDU at all
	 */
	open(octets: Uint8Array): Received | { readonly refused: ChannelRefusal } {
		return this.openApdu(decodeApduLeniently(octets).apdu);
	}

	/** As `open`, of an APDU that was decoded already. */
	openApdu(apdu: Apdu): Received | { readonly refused: ChannelRefusal } {
		if (!isCiphered(apdu)) return { refused: 'not-ciphered' };
		if (apdu.apdu === 'general-ciphering' && !this.#isForUs(apdu))
			return { refused: 'other-recipient' };
		const opened = openApdu(apdu, this.#keys, this.#peerTitle);
		if ('refused' in opened) return opened;
		if (opened.control.suite !== this.settings.suite) return { refused: 'no-key' };
		if (!this.#takeReceived(opened.counter)) return { refused: 'replayed' };
		return {
			octets: opened.plaintext,
			control: encodeSecurityControl(opened.control),
			scope: opened.scope,
			form: opened.form,
			counter: opened.counter,
			...(opened.transactionId && { transactionId: opened.transactionId }),
		};
	}

	/** A message that names nobody is for whoever can open it. */
	#isForUs({ header }: GeneralCiphering): boolean {
		return header.recipient.length === 0 || equalBytes(header.recipient, this.settings.ownTitle);
	}

	#takeReceived(counter: number): boolean {
		const { counters, receiveSpace, takesOldCounters } = this.settings;
		const isFresh =
			counter > this.#lastReceived &&
			(receiveSpace === undefined || counterIsFresh(counters, receiveSpace, counter));
		if (!isFresh) return takesOldCounters?.() ?? false;
		if (receiveSpace !== undefined) acceptCounter(counters, receiveSpace, counter);
		this.#lastReceived = counter;
		return true;
	}
}

/** Whether an APDU carries another one that is ciphered. */
export function isCiphered(apdu: Apdu): apdu is Parameters<typeof openApdu>[0] {
	return (
		apdu.apdu === 'ciphered' ||
		apdu.apdu === 'general-glo-ciphering' ||
		apdu.apdu === 'general-ded-ciphering' ||
		apdu.apdu === 'general-ciphering'
	);
}

function protectionOf(control: number): Protection {
	const { authenticated, encrypted } = decodeSecurityControl(control);
	if (authenticated && encrypted) return 'authenticated-encrypted';
	return authenticated ? 'authenticated' : 'encrypted';
}
