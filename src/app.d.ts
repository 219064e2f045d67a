import type { Backend } from '#lib/server/backend.ts';

declare global {
	namespace App {
		interface Locals {
			backend: Backend;
		}
	}
}

export {};
