import type { Backend } from '#lib/server/backend.ts';

declare global {
	namespace App {
		interface Locals {
			backend: Backend;
		}
		interface PageState {
			/** Answers given to the reject doctor: one step back in the history takes one back. */
			doctorStep?: number;
			/** A provisional receipt that was scanned where a meter was asked for. */
			claim?: { readonly meter: string; readonly code: string };
		}
	}
}

export {};
