import { execFileSync } from 'node:child_process';
import adapter from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** The version is the content of what is built: a new service worker appears only when something changed. */
const version = execFileSync(process.execPath, ['src/cli/source-digest.mjs'], {
	encoding: 'utf8',
}).trim();

/**
 * Where the pages may look for a bridge to a meter: on their own machine, and where whoever runs this says so,
 * such as `wss://probe.example:4490`, several apart by spaces.
 */
const BRIDGES = /** @type {`wss://${string}`[]} */ ([
	...['ws://localhost:*', 'ws://127.0.0.1:*'],
	...(process.env.TOKENLINE_BRIDGES ?? '').split(/\s+/).filter((place) => /^wss?:\/\//.test(place)),
]);

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	kit: {
		adapter: adapter(),
		files: { serviceWorker: 'service-worker' },
		serviceWorker: { register: false },
		// Absolute asset paths: with relative ones a deep link answered from the cached shell breaks offline.
		paths: { relative: false },
		version: { name: version },
		csp: {
			mode: 'hash',
			directives: {
				'default-src': ['self'],
				'script-src': ['self'],
				'style-src': ['self', 'unsafe-inline'],
				'img-src': ['self', 'data:', 'blob:'],
				'connect-src': ['self', ...BRIDGES],
				'worker-src': ['self', 'blob:'],
				'object-src': ['none'],
				'base-uri': ['self'],
				'form-action': ['self'],
				'frame-ancestors': ['none'],
			},
		},
	},
};
