/** Why a request of a client has no answer: a closed list. */
import { Breach } from '#lib/core/bytes/breach.ts';
import {
	type ExceptionResponse,
	type ConfirmedServiceError,
	wantedCounter,
} from '../apdu/failure.ts';
import {
	codeName,
	ERROR_CLASSES,
	ERROR_SERVICES,
	EXCEPTION_SERVICES,
	EXCEPTION_STATES,
} from '../apdu/results.ts';
import type { DisconnectReason } from '../message-link.ts';
import type { ChannelRefusal } from './channel.ts';

export type RequestFailure =
	/** The meter answered with an exception; names as in the tables, or the number. */
	| {
			readonly why: 'exception';
			readonly state: string;
			readonly service: string;
			/** The counter it wants next, where it says. */
			readonly wantedCounter?: number;
	  }
	| {
			readonly why: 'service-error';
			readonly service: string;
			readonly errorClass: string;
			readonly value: number;
	  }
	/** The answer could not be read: the breach's code. */
	| { readonly why: 'breach'; readonly code: string }
	/** The answer stays closed, or was not ciphered where it had to be. */
	| { readonly why: 'not-secure'; readonly refusal: ChannelRefusal }
	/** The meter answered with nothing. */
	| { readonly why: 'empty-answer' }
	/** The meter's system title is not the one that was expected; nothing was proven to it. */
	| { readonly why: 'other-meter' }
	/** The meter could not prove that it knows the secret. */
	| { readonly why: 'meter-not-authentic' }
	/** The invocation counter has no values left under this key. */
	| { readonly why: 'key-used-up' }
	/** The link ended before an answer came: whether the meter acted is not known. */
	| { readonly why: 'link'; readonly reason: DisconnectReason };

export function exceptionFailure(exception: ExceptionResponse): RequestFailure {
	const wanted = wantedCounter(exception);
	return {
		why: 'exception',
		state: codeName(EXCEPTION_STATES, exception.state),
		service: codeName(EXCEPTION_SERVICES, exception.service),
		...(wanted !== undefined && { wantedCounter: wanted }),
	};
}

export function serviceErrorFailure(error: ConfirmedServiceError): RequestFailure {
	return {
		why: 'service-error',
		service: codeName(ERROR_SERVICES, error.service),
		errorClass: codeName(ERROR_CLASSES, error.errorClass),
		value: error.value,
	};
}

/** A breach as a failure; anything else is a slip and thrown on. */
export function breachFailure(error: unknown): RequestFailure {
	if (error instanceof Breach) return { why: 'breach', code: error.code };
	throw error;
}

/** Whether sending the same request again can help and cannot do harm twice by itself. */
export function mayAskAgain(failure: RequestFailure): boolean {
	switch (failure.why) {
		case 'exception':
			return failure.wantedCounter !== undefined;
		case 'empty-answer':
		case 'breach':
		case 'link':
			return true;
		case 'service-error':
		case 'not-secure':
		case 'other-meter':
		case 'meter-not-authentic':
		case 'key-used-up':
			return false;
	}
}
