/**
 * The APDUs that carry other APDUs: ciphered, signed, in blocks (IEC 62056-5-3, 5.7 and 9.5). Their
 * contents are only framed here; `security/` opens them.
 */
import type { Reader } from '#lib/core/bytes/reader.ts';
import { Writer } from '#lib/core/bytes/writer.ts';
import { readOctets, writeOctets } from '../axdr/length.ts';
import { optional } from './initiate.ts';
import { tagOf } from './tags.ts';

/** A service ciphered on its own: glo-get-request and its like. */
export interface CipheredApdu {
	readonly apdu: 'ciphered';
	readonly tag: number;
	/** Security control, invocation counter, payload, tag. */
	readonly content: Uint8Array;
}

export interface GeneralCiphered {
	readonly apdu: 'general-glo-ciphering' | 'general-ded-ciphering';
	/** 8 octets, or none on an answer. */
	readonly systemTitle: Uint8Array;
	readonly content: Uint8Array;
}

/** The five fields before the contents of general-ciphering and general-signing. */
export interface GeneralHeader {
	readonly transactionId: Uint8Array;
	readonly originator: Uint8Array;
	readonly recipient: Uint8Array;
	readonly dateTime: Uint8Array;
	readonly otherInformation: Uint8Array;
}

/** Which key general-ciphering is under. */
export type KeyInformation =
	/** 0 global unicast, 1 global broadcast. */
	| { readonly kind: 'identified'; readonly keyId: number }
	| { readonly kind: 'wrapped'; readonly kekId: number; readonly wrapped: Uint8Array }
	| { readonly kind: 'agreed'; readonly parameters: Uint8Array; readonly keyData: Uint8Array };

export interface GeneralCiphering {
	readonly apdu: 'general-ciphering';
	readonly header: GeneralHeader;
	readonly key?: KeyInformation;
	readonly content: Uint8Array;
}

export interface GeneralSigning {
	readonly apdu: 'general-signing';
	readonly header: GeneralHeader;
	/** The APDU that is signed. */
	readonly content: Uint8Array;
	/** R ‖ S. */
	readonly signature: Uint8Array;
}

export interface GeneralBlock {
	readonly apdu: 'general-block-transfer';
	readonly last: boolean;
	/** Whether the sender goes on without waiting for an answer to this block. */
	readonly streaming: boolean;
	/** How many blocks the sender is ready to take at once, 0 … 63. */
	readonly window: number;
	/** 1, 2, 3 … of the sender's own blocks. */
	readonly block: number;
	/** The last block of the peer's that came without a gap. */
	readonly acknowledged: number;
	readonly raw: Uint8Array;
}

const LAST = 0x80;
const STREAMING = 0x40;
export const MAX_GENERAL_WINDOW = 0x3f;

/** Reads what follows the tag. */
export function readCiphered(reader: Reader, tag: number): CipheredApdu {
	return { apdu: 'ciphered', tag, content: readOctets(reader) };
}

export function encodeCiphered({ tag, content }: CipheredApdu): Uint8Array {
	return writeOctets(new Writer(content.length + 6).u8(tag), content).finish();
}

/** Reads what follows the tag. @throws {Breach} `bad-system-title` for any length but 0 and 8 */
export function readGeneralCiphered(
	reader: Reader,
	apdu: GeneralCiphered['apdu'],
): GeneralCiphered {
	const at = reader.offset;
	const systemTitle = readOctets(reader);
	if (systemTitle.length !== 0 && systemTitle.length !== 8) reader.fail('bad-system-title', at);
	return { apdu, systemTitle, content: readOctets(reader) };
}

export function encodeGeneralCiphered(general: GeneralCiphered): Uint8Array {
	const writer = new Writer(general.content.length + 16).u8(tagOf(general.apdu));
	writeOctets(writer, general.systemTitle);
	return writeOctets(writer, general.content).finish();
}

function readHeader(reader: Reader): GeneralHeader {
	return {
		transactionId: readOctets(reader),
		originator: readOctets(reader),
		recipient: readOctets(reader),
		dateTime: readOctets(reader),
		otherInformation: readOctets(reader),
	};
}

/** The five fields with their lengths, as they are sent and as they are authenticated. */
export function encodeGeneralHeader(header: GeneralHeader): Uint8Array {
	const writer = new Writer();
	writeOctets(writer, header.transactionId);
	writeOctets(writer, header.originator);
	writeOctets(writer, header.recipient);
	writeOctets(writer, header.dateTime);
	return writeOctets(writer, header.otherInformation).finish();
}

/** Reads what follows the tag. @throws {Breach} `bad-presence`, `unknown-kind`, `length-past-end` */
export function readGeneralCiphering(reader: Reader): GeneralCiphering {
	const header = readHeader(reader);
	const key = optional(reader, readKeyInformation);
	return { apdu: 'general-ciphering', header, ...(key && { key }), content: readOctets(reader) };
}

function readKeyInformation(reader: Reader): KeyInformation {
	const kind = reader.u8();
	switch (kind) {
		case 0:
			return { kind: 'identified', keyId: reader.u8() };
		case 1:
			return { kind: 'wrapped', kekId: reader.u8(), wrapped: readOctets(reader) };
		case 2:
			return { kind: 'agreed', parameters: readOctets(reader), keyData: readOctets(reader) };
		default:
			return reader.fail('unknown-kind', reader.offset - 1);
	}
}

export function encodeGeneralCiphering(general: GeneralCiphering): Uint8Array {
	const writer = new Writer().u8(tagOf('general-ciphering'));
	writer.bytes(encodeGeneralHeader(general.header));
	const { key } = general;
	if (!key) writer.u8(0);
	else if (key.kind === 'identified') writer.u8(1).u8(0).u8(key.keyId);
	else if (key.kind === 'wrapped') writeOctets(writer.u8(1).u8(1).u8(key.kekId), key.wrapped);
	else writeOctets(writeOctets(writer.u8(1).u8(2), key.parameters), key.keyData);
	return writeOctets(writer, general.content).finish();
}

/** Reads what follows the tag. @throws {Breach} `length-past-end` */
export function readGeneralSigning(reader: Reader): GeneralSigning {
	return {
		apdu: 'general-signing',
		header: readHeader(reader),
		content: readOctets(reader),
		signature: readOctets(reader),
	};
}

/** Everything of general-signing that is signed: all lengths and values before the signature. */
export function signedPart({
	header,
	content,
}: Pick<GeneralSigning, 'header' | 'content'>): Uint8Array {
	return writeOctets(new Writer().bytes(encodeGeneralHeader(header)), content).finish();
}

export function encodeGeneralSigning(general: GeneralSigning): Uint8Array {
	const writer = new Writer().u8(tagOf('general-signing')).bytes(signedPart(general));
	return writeOctets(writer, general.signature).finish();
}

/** Reads what follows the tag. @throws {Breach} `length-past-end` */
export function readGeneralBlock(reader: Reader): GeneralBlock {
	const control = reader.u8();
	return {
		apdu: 'general-block-transfer',
		last: (control & LAST) !== 0,
		streaming: (control & STREAMING) !== 0,
		window: control & MAX_GENERAL_WINDOW,
		block: reader.u16(),
		acknowledged: reader.u16(),
		raw: readOctets(reader),
	};
}

export function encodeGeneralBlock(block: GeneralBlock): Uint8Array {
	const control =
		(block.last ? LAST : 0) |
		(block.streaming ? STREAMING : 0) |
		(block.window & MAX_GENERAL_WINDOW);
	const writer = new Writer(block.raw.length + 10).u8(tagOf('general-block-transfer')).u8(control);
	return writeOctets(writer.u16(block.block).u16(block.acknowledged), block.raw).finish();
}
