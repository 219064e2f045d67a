/** What the browser's database does to us, by its name. A transaction that ends so has written nothing. */
import Dexie from 'dexie';
import type { StoreFaultKind } from '#lib/core/field/keeping.ts';

/** A fault at the edge: thrown where it happens, shown by its kind. `cause` is for the log only. */
export class StoreFault extends Error {
	override readonly name = 'StoreFault';
	readonly kind: StoreFaultKind;

	constructor(kind: StoreFaultKind, cause?: unknown) {
		super(kind, { cause });
		this.kind = kind;
	}
}

/** Runs work of the store, and gives what breaks it by its name. A slip stays a slip. @throws {StoreFault} */
export async function stored<T>(work: () => PromiseLike<T>): Promise<T> {
	try {
		return await work();
	} catch (cause) {
		throw asStoreFault(cause);
	}
}

/** Work that may be left undone where the store breaks. A slip stays a slip. */
export async function unlessStoreBreaks(work: () => Promise<unknown>): Promise<void> {
	try {
		await work();
	} catch (cause) {
		if (!(cause instanceof StoreFault)) throw cause;
	}
}

/** What broke work of the store, by its name. A slip, or what has its name already, as it is. */
export function asStoreFault(cause: unknown): unknown {
	const kind = kindOf(cause);
	return kind === undefined ? cause : new StoreFault(kind, cause);
}

const KIND_BY_NAME: Readonly<Record<string, StoreFaultKind>> = {
	QuotaExceededError: 'no-space',
	VersionError: 'newer-version',
	DatabaseClosedError: 'newer-version',
	SecurityError: 'not-allowed',
	InvalidStateError: 'not-allowed',
	MissingAPIError: 'not-allowed',
};

function kindOf(cause: unknown): StoreFaultKind | undefined {
	for (let at = cause; at instanceof Error || isDomException(at); at = innerOf(at)) {
		const kind = KIND_BY_NAME[at.name];
		if (kind) return kind;
	}
	return cause instanceof Dexie.DexieError || isDomException(cause) ? 'failed' : undefined;
}

const isDomException = (value: unknown): value is DOMException => value instanceof DOMException;

/** Dexie says what the browser said inside what it says itself. */
function innerOf(error: object): unknown {
	return 'inner' in error ? error.inner : undefined;
}
