import { execFileSync } from 'node:child_process';
import adapter from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** The version is the content of what is built: a new service worker appears only when something changed. */
const version = execFileSync(process.execPath, ['src/cli/source-digest.mjs'], {
	encoding: 'utf8',
}).trim();

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
				'connect-src': ['self'],
				'worker-src': ['self', 'blob:'],
				'object-src': ['none'],
				'base-uri': ['self'],
				'form-action': ['self'],
				'frame-ancestors': ['none'],
			},
		},
	},
};
