/** What `npm run bridge` is asked for on its command line. */
import { parseArgs } from 'node:util';
import { BRIDGE_PORT } from '#lib/link/bridge-words.ts';
import { USUAL_ORIGINS } from './admission.ts';
import { type Allowed, parseAllowedTargets } from './targets.ts';

export const USAGE = `Usage: npm run bridge -- --allow tcp:HOST:PORT --allow serial:/dev/NAME
  --allow [NAME=]TARGET  what it leads to, once for each: tcp:127.0.0.1:4059, cellar=serial:/dev/ttyUSB0
  --port PORT            where it listens (${BRIDGE_PORT})
  --host ADDRESS         where it is bound (127.0.0.1); beyond this machine only with a bearer
  --origin ORIGIN        a page that may use it, once for each (${USUAL_ORIGINS.join(', ')})
  --bearer-file FILE     where the bearer is; without it, a new one is made and printed when one is needed
  --tls-cert FILE, --tls-key FILE   speak TLS: a page that came by HTTPS needs it on another machine`;

/** A command line that was understood. */
export interface BridgeChoices {
	readonly allowed: readonly Allowed[];
	readonly port: number;
	readonly host: string;
	readonly origins: readonly string[];
	readonly bearerFile: string | undefined;
	readonly tlsFiles: { readonly cert: string; readonly key: string } | undefined;
}

const MAX_PORT = 65_535;

function parsePort(text: string): number {
	const port = Number(text);
	if (!/^\d+$/.test(text) || port > MAX_PORT)
		throw new Error(`--port must be a whole number up to ${MAX_PORT}, not ${text}`);
	return port;
}

function checkOrigin(text: string): string {
	const origin = URL.canParse(text) ? new URL(text).origin : 'null';
	if (origin === text) return text;
	throw new Error(`--origin must be an origin such as https://tokenline.example, not ${text}`);
}

/** The choices of a command line; undefined where it asks for help. @throws {Error} a sentence */
export function parseBridgeChoices(words: readonly string[]): BridgeChoices | undefined {
	const { values } = parseArgs({
		args: [...words],
		options: {
			allow: { type: 'string', multiple: true },
			port: { type: 'string', default: String(BRIDGE_PORT) },
			host: { type: 'string', default: '127.0.0.1' },
			origin: { type: 'string', multiple: true },
			'bearer-file': { type: 'string' },
			'tls-cert': { type: 'string' },
			'tls-key': { type: 'string' },
			help: { type: 'boolean', short: 'h' },
		},
	});
	const { allow = [], port, host, origin, help } = values;
	const [cert, key] = [values['tls-cert'], values['tls-key']];
	if (help || allow.length === 0) return undefined;
	if ((cert === undefined) !== (key === undefined))
		throw new Error('--tls-cert and --tls-key go together');
	return {
		allowed: parseAllowedTargets(allow),
		port: parsePort(port),
		host,
		origins: origin?.map(checkOrigin) ?? USUAL_ORIGINS,
		bearerFile: values['bearer-file'],
		tlsFiles: cert !== undefined && key !== undefined ? { cert, key } : undefined,
	};
}
