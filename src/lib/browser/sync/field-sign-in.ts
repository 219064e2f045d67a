/**
 * Who works on this machine: by the session while there is a network; without one, by the PIN of somebody who
 * has signed in here before.
 */
import { technicianOf, type TechnicianApi } from '#lib/browser/api/technician.ts';
import { rememberTechnician, type Technician } from '#lib/browser/store/technician-people.ts';
import type { TechnicianStore } from '#lib/browser/store/technician.ts';

export type SignedIn =
	| { readonly kind: 'technician'; readonly technician: Technician }
	/** Somebody who is no technician: the page is not for them. */
	| { readonly kind: 'not-a-technician' }
	| { readonly kind: 'nobody' }
	/** The backend does not answer: whoever has signed in here before may unlock their vault. */
	| { readonly kind: 'unknown' };

/** Asks whose session it is, and remembers a technician for when there is no network. @throws {StoreFault} */
export async function readSignedIn(
	api: Pick<TechnicianApi, 'readSession'>,
	store: TechnicianStore,
	nowMs: number,
): Promise<SignedIn> {
	const session = await api.readSession();
	if (session.kind === 'unknown') return session;
	if (session.kind === 'problem') return { kind: 'nobody' };
	const technician = technicianOf(session.answer);
	if (!technician) return { kind: 'not-a-technician' };
	await rememberTechnician(store, technician, nowMs);
	return { kind: 'technician', technician };
}
