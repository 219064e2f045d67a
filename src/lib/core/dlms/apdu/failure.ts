/** What a meter answers when it will not or cannot serve a request at all (IEC 62056-5-3, 9.5). */
import type { Reader } from '#lib/core/bytes/reader.ts';
import { Writer } from '#lib/core/bytes/writer.ts';
import { codeOf, EXCEPTION_SERVICES } from './results.ts';

const EXCEPTION = 0xd8;
const SERVICE_ERROR = 0x0e;

export interface ExceptionResponse {
	readonly apdu: 'exception-response';
	/** A code of `EXCEPTION_STATES`. */
	readonly state: number;
	/** A code of `EXCEPTION_SERVICES`. */
	readonly service: number;
	/** What follows: for an invocation-counter-error the counter the meter wants, u32. */
	readonly extra: Uint8Array;
}

export interface ConfirmedServiceError {
	readonly apdu: 'confirmed-service-error';
	/** A code of `ERROR_SERVICES`. */
	readonly service: number;
	/** A code of `ERROR_CLASSES`. */
	readonly errorClass: number;
	readonly value: number;
}

/** The most octets an exception may carry beside its two codes. */
const MAX_EXTRA = 4;

/** Reads what follows the tag. @throws {Breach} `length-past-end` */
export function readException(reader: Reader): ExceptionResponse {
	return {
		apdu: 'exception-response',
		state: reader.u8(),
		service: reader.u8(),
		extra: reader.take(Math.min(reader.remaining, MAX_EXTRA)),
	};
}

export function encodeException({ state, service, extra }: ExceptionResponse): Uint8Array {
	return Uint8Array.of(EXCEPTION, state, service, ...extra);
}

/** The counter an invocation-counter-error asks for; undefined for every other exception. */
export function wantedCounter(exception: ExceptionResponse): number | undefined {
	const { service, extra } = exception;
	if (service !== codeOf(EXCEPTION_SERVICES, 'invocation-counter-error')) return undefined;
	if (extra.length !== 4) return undefined;
	return new DataView(extra.buffer, extra.byteOffset).getUint32(0);
}

/** Reads what follows the tag. @throws {Breach} `length-past-end` */
export function readServiceError(reader: Reader): ConfirmedServiceError {
	return {
		apdu: 'confirmed-service-error',
		service: reader.u8(),
		errorClass: reader.u8(),
		value: reader.u8(),
	};
}

export function encodeServiceError(error: ConfirmedServiceError): Uint8Array {
	return new Writer(4)
		.u8(SERVICE_ERROR)
		.u8(error.service)
		.u8(error.errorClass)
		.u8(error.value)
		.finish();
}
