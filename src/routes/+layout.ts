/** The app is a shell that draws itself: pages come from the cache, facts from the store and the API. */
export const ssr = false;
export const prerender = false;
