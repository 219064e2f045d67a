/** In Swahili: see `en/scan.ts`. */
import type { Words } from '../catalogue.ts';

export const scan: Words['scan'] = {
	open: 'Soma msimbo',
	title: 'Soma msimbo wa mita',
	lead: 'Msimbo wa QR, msimbo pau au msimbo wa kadi ya mita.',
	close: 'Funga',
	opening: 'Kamera inafunguliwa',
	refusals: {
		'scan-empty': 'Hakuna kilichosomeka. Shika msimbo vizuri kisha ujaribu tena.',
		'scan-too-long': 'Msimbo huu una mengi mno kuwa wa mita. Soma ulio kwenye mita.',
		'bank-card-refused':
			'Hii ni kadi ya benki. Hakuna kilichohifadhiwa kutoka kwake. Tumia kadi ya mita.',
		'scan-a-token': 'Hii ni tokeni, si namba ya mita. Soma namba iliyo kwenye mita au kadi yake.',
		'scan-payment': 'Msimbo huu ni wa kumlipa mtu. Soma ulio kwenye mita au kadi yake.',
		'meter-card-unreadable': 'Kadi ya mita haikusomeka. Jaribu tena au andika namba.',
		'scan-other-issuer': 'Kadi au msimbo huu si wa mita ya umeme ya malipo kabla.',
		'meter-check-digit':
			'Tarakimu ya ukaguzi hailingani, kwa hiyo kuna tarakimu yenye kosa. Andika namba ya mita.',
		'scan-two-meters': 'Msimbo huu unataja mita mbili. Andika namba ya ile unayotaka.',
		'scan-not-a-meter':
			'Hakuna namba ya mita kwenye msimbo huu. Soma ulio kwenye mita au kadi yake.',
	},
	faults: {
		'no-support': 'Kivinjari hiki hakiipi ukurasa kamera. Andika namba.',
		'no-camera': 'Kifaa hiki hakina kamera. Andika namba.',
		'not-allowed':
			'Ukurasa hauruhusiwi kutumia kamera. Ruhusu kwenye mipangilio ya kivinjari, au andika namba.',
		busy: 'Programu nyingine inatumia kamera. Ifunge kisha ujaribu tena, au andika namba.',
		'not-loaded':
			'Kisomaji hupakuliwa mara moja kwa mtandao, na sasa hakuna mtandao. Andika namba.',
		failed: 'Kamera haijibu. Andika namba.',
	},
};
