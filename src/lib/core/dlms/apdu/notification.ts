/** What a meter sends unasked: data-notification and event-notification (IEC 62056-5-3, 9.3.9, 9.3.10). */
import type { Reader } from '#lib/core/bytes/reader.ts';
import { Writer } from '#lib/core/bytes/writer.ts';
import type { Data } from '../axdr/data-type.ts';
import { readData } from '../axdr/decode.ts';
import { writeData } from '../axdr/encode.ts';
import { readOctets, writeOctets } from '../axdr/length.ts';
import { type AttributeTarget, readBareAttribute, writeBareAttribute } from './target.ts';

const DATA_NOTIFICATION = 0x0f;
const EVENT_NOTIFICATION = 0xc2;
const DATE_TIME_OCTETS = 12;

export interface DataNotification {
	readonly apdu: 'data-notification';
	/** Long invoke id and priority, 32 bits; the id is the low 24. */
	readonly longInvoke: number;
	/** 0 or 12 octets. */
	readonly dateTime: Uint8Array;
	readonly body: Data;
}

export interface EventNotification {
	readonly apdu: 'event-notification';
	/** 12 octets; peers frame them in three ways, `framing` keeps which. */
	readonly time?: Uint8Array;
	readonly framing?: EventTimeFraming;
	readonly target: AttributeTarget;
	readonly value: Data;
}

/** The octet that says a time is there, and whether its length follows. */
export interface EventTimeFraming {
	readonly presence: number;
	readonly withLength: boolean;
}

const USUAL_FRAMING: EventTimeFraming = { presence: 1, withLength: true };

/** Reads what follows the tag. @throws {Breach} those of Data */
export function readDataNotification(reader: Reader): DataNotification {
	return {
		apdu: 'data-notification',
		longInvoke: reader.u32(),
		dateTime: readOctets(reader),
		body: readData(reader),
	};
}

export function encodeDataNotification(notification: DataNotification): Uint8Array {
	const writer = new Writer().u8(DATA_NOTIFICATION).u32(notification.longInvoke);
	writeData(writeOctets(writer, notification.dateTime), notification.body);
	return writer.finish();
}

/** Reads what follows the tag. @throws {Breach} those of Data */
export function readEventNotification(reader: Reader): EventNotification {
	const presence = reader.u8();
	const time = presence === 0 ? {} : readTime(reader, presence);
	return {
		apdu: 'event-notification',
		...time,
		target: readBareAttribute(reader),
		value: readData(reader),
	};
}

/** A time with its length before it, or, as an older syntax has it, without: a year begins with 07. */
function readTime(
	reader: Reader,
	presence: number,
): { time: Uint8Array; framing?: EventTimeFraming } {
	const withLength = reader.peek() === DATE_TIME_OCTETS;
	if (withLength) reader.u8();
	const time = reader.take(DATE_TIME_OCTETS);
	if (presence === USUAL_FRAMING.presence && withLength) return { time };
	return { time, framing: { presence, withLength } };
}

export function encodeEventNotification(notification: EventNotification): Uint8Array {
	const writer = new Writer().u8(EVENT_NOTIFICATION);
	const { time, framing = USUAL_FRAMING } = notification;
	if (!time) writer.u8(0);
	else {
		writer.u8(framing.presence);
		if (framing.withLength) writer.u8(time.length);
		writer.bytes(time);
	}
	writeBareAttribute(writer, notification.target);
	writeData(writer, notification.value);
	return writer.finish();
}
