/**
 * Finds out who asks: an enrolled terminal by its signature (with the operator who is signed in on it), a
 * person by a login session, else a guest.
 */
import type { Backend } from '../backend.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import type { Caller } from './caller.ts';
import { presentSession, type PresentSession } from './present-session.ts';
import { isOurPage } from './same-origin.ts';
import { clearedCookie, presentedToken, sessionCookie, type Carrier } from './session-token.ts';
import { terminalOfSignature, type SigningTerminal } from './terminal-signature.ts';

/** A request with its body already read. */
export interface Arrival {
	readonly request: Request;
	readonly url: URL;
	readonly text: string;
	readonly address: string;
}

export interface Identified {
	readonly caller: Caller;
	/** `set-cookie` of the answer: the session's next token, or none where the session is over. */
	readonly setCookie?: string;
	/** A cookie came whose session is over: what that person may no longer do is refused by that name. */
	readonly sessionEnded?: true;
}

/**
 * Order of refusal: those of a signature, `cross-site` (a cookie with a change that no page of ours asked
 * for), `session-ended`, `other-utility` and `not-allowed` (a bearer of somebody else's, on a terminal). A
 * cookie is sent by the browser without being asked, so an outbox must not fail by it: one whose session is
 * over makes a guest, and one of somebody who is nobody on this terminal leaves the terminal itself.
 */
export async function identifyCaller(
	backend: Backend,
	arrival: Arrival,
): Promise<Identified | Refusal> {
	const terminal = await terminalOfSignature(backend, arrival);
	if (terminal !== undefined && isRefusal(terminal)) return terminal;
	const { request, url, address } = arrival;
	const token = presentedToken(request, url);
	if (token?.carrier === 'cookie' && !isOurPage(request, url)) return { refusal: 'cross-site' };
	const session = token && (await presentSession(backend, token, address));
	if (token?.carrier === 'bearer' && session === undefined) return { refusal: 'session-ended' };
	const caller = await callerOf(backend, arrival, terminal, session?.person, token?.carrier);
	if (isRefusal(caller)) return caller;
	if (token?.carrier === 'cookie' && session === undefined)
		return { caller, setCookie: clearedCookie(url), sessionEnded: true };
	const next = session?.nextToken;
	return { caller, ...(next && { setCookie: sessionCookie(next.token, url, next.lifeMs) }) };
}

async function callerOf(
	{ database }: Backend,
	{ url, address }: Arrival,
	terminal: SigningTerminal | undefined,
	person: PresentSession['person'] | undefined,
	carrier: Carrier | undefined,
): Promise<Caller | Refusal> {
	if (terminal !== undefined) return callerOnTerminal(terminal, person, carrier, address);
	if (person !== undefined) return { ...person, address };
	return { utilityId: await utilityOfHost(database, url.hostname), roles: ['guest'], address };
}

/** A terminal, with its operator's roles beside its own. */
function callerOnTerminal(
	terminal: SigningTerminal,
	person: PresentSession['person'] | undefined,
	carrier: Carrier | undefined,
	address: string,
): Caller | Refusal {
	const itself: Caller = { ...terminal, roles: ['terminal'], address };
	if (person?.operatorId === undefined) return itself;
	const refusal = refusalOn(terminal, person);
	if (refusal !== undefined) return carrier === 'cookie' ? itself : refusal;
	return { ...person, ...terminal, roles: ['terminal', ...person.roles], address };
}

/** Why somebody is nobody on this terminal. */
function refusalOn(
	terminal: SigningTerminal,
	{ utilityId, vendorId }: PresentSession['person'],
): Refusal | undefined {
	if (utilityId !== terminal.utilityId) return { refusal: 'other-utility' };
	if (vendorId !== terminal.vendorId) return { refusal: 'not-allowed' };
	return undefined;
}

/** The utility whose host name this is, else the one that takes all others. */
async function utilityOfHost(database: Backend['database'], host: string): Promise<string> {
	const { id } = await database
		.selectFrom('utility')
		.select('id')
		.where((is) => is.or([is('host_name', '=', host), is('host_name', 'is', null)]))
		.orderBy('host_name', (order) => order.desc().nullsLast())
		.limit(1)
		.executeTakeFirstOrThrow();
	return id;
}
