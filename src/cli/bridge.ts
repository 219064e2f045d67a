/**
 * `npm run bridge`: lets the app in a browser reach a meter on TCP, or a probe on the serial port of this
 * machine. It leads to the targets of its command line and nowhere else; the browser asks for them by name.
 */
import { readFileSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import { isLoopback } from './bridge/admission.ts';
import { wantedBearer } from './bridge/bearer.ts';
import { type BridgeChoices, parseBridgeChoices, USAGE } from './bridge/choices.ts';
import { listenBridge } from './bridge/listen.ts';
import { SESSION_LIMITS } from './bridge/session.ts';
import { describeAllowed, portOf } from './bridge/targets.ts';

/** Origins are told once each: a page that is refused tries again and again. */
function refusalTeller(): (origin: string | undefined, status: number) => void {
	const told = new Set<string>();
	return (origin = 'nobody', status) => {
		const shown = JSON.stringify(origin.slice(0, 200));
		const key = `${status} ${shown}`;
		if (told.size >= 100 || told.has(key)) return;
		told.add(key);
		const advice =
			status === 403 ? '; if that is the app, start with --origin and its address' : '';
		console.error(`refused with ${status}: a page of ${shown}${advice}`);
	};
}

async function main(choices: BridgeChoices): Promise<void> {
	const { allowed, host, origins, tlsFiles, bearerFile } = choices;
	const bearer = wantedBearer(host, bearerFile);
	const tls = tlsFiles && {
		cert: readFileSync(tlsFiles.cert),
		key: readFileSync(tlsFiles.key),
	};
	const bridge = await listenBridge(
		{ host, port: choices.port, origins, tls, refused: refusalTeller() },
		{ ports: allowed.map(portOf), bearer, limits: SESSION_LIMITS },
	);
	const { address, port } = bridge.place;
	const shown = isIPv6(address) ? `[${address}]` : address;
	console.log(`bridge on ${tls ? 'wss' : 'ws'}://${shown}:${port}`);
	for (const target of allowed) console.log(`  ${describeAllowed(target)}`);
	console.log(`for pages of ${origins.join(', ')}`);
	if (bearer !== undefined)
		console.log(bearerFile === undefined ? `bearer ${bearer}` : `the bearer is in ${bearerFile}`);
	if (!isLoopback(host) && !tls)
		console.log('Without TLS everybody on the way can read the bearer and what meters say.');
}

try {
	const choices = parseBridgeChoices(process.argv.slice(2));
	if (choices) await main(choices);
	else console.log(USAGE);
} catch (error) {
	console.error(`Tokenline bridge: ${error instanceof Error ? error.message : String(error)}`);
	process.exitCode = 1;
}
