import type { OfficeDocument } from './block.js';

const INVOICE: OfficeDocument = {
  label: 'invoice',
  pages: [
    [
      { text: 'Harrow & Pike Office Supplies Ltd\n12 Mill Road, Leeds LS1 4AB\nVAT registration GB 294 8821 07' },
      { title: 'Invoice 2024-0117' },
      { text: 'To: Beacon Dental Practice, 8 Orchard Lane, York YO1 7HH' },
      {
        table: [
          ['Invoice date', '3 May 2024'],
          ['Order reference', 'BD-5521'],
          ['Payment due', '2 June 2024'],
        ],
      },
      {
        table: [
          ['Item', 'Quantity', 'Unit price', 'Amount'],
          ['Copier paper A4, box of 5 reams', '12', '18.90', '226.80'],
          ['Toner cartridge, black', '3', '74.50', '223.50'],
          ['Desk chair, grey', '2', '139.00', '278.00'],
          ['Delivery', '1', '9.50', '9.50'],
          ['Net total', '', '', '737.80'],
          ['VAT 20 %', '', '', '147.56'],
          ['Total due', '', '', 'GBP 885.36'],
        ],
      },
      {
        text: 'Please transfer the total within 30 days to sort code 20-41-09, account 7734 1102, and quote the number above.',
      },
    ],
  ],
};

const CV: OfficeDocument = {
  label: 'curriculum vitae',
  pages: [
    [
      { title: 'Maria Jensen' },
      { text: 'Registered nurse\n14 Harbour Street, Aarhus\nmaria.jensen@mail.example, +45 20 11 38 40' },
      { text: 'Nurse with twelve years of experience in intensive care, of which four as head of a team of nine.' },
      { heading: 'Work experience' },
      {
        table: [
          ['2019 to today', 'Head nurse, intensive care, University Hospital'],
          ['2015 to 2019', 'Nurse, intensive care, University Hospital'],
          ['2012 to 2015', 'Nurse, surgical ward, St Mary Clinic'],
        ],
      },
      { heading: 'Education' },
      {
        table: [
          ['2017', 'Postgraduate diploma in critical care'],
          ['2012', 'Bachelor of Science in nursing, Aarhus'],
        ],
      },
      { heading: 'Skills' },
      { list: ['Danish and English fluently, German fairly well', 'Training of new colleagues', 'Driving licence'] },
      { text: 'References are available on request.' },
    ],
  ],
};

const CONTRACT: OfficeDocument = {
  label: 'contract',
  pages: [
    [
      { title: 'Service agreement' },
      {
        text: 'This agreement is made on 4 March 2024 between Lindqvist Cleaning AB (the Contractor) and Park Hotel Oslo AS (the Client).',
      },
      { heading: '1. Services' },
      {
        text: 'The Contractor shall clean the rooms and public areas of the Client every day, as laid down in Schedule A.',
      },
      { heading: '2. Fees' },
      {
        text: 'The Client shall pay a monthly fee of 48,000 NOK. Fees are payable within fourteen days. Late sums bear interest.',
      },
      { heading: '3. Term and termination' },
      {
        text: 'This agreement runs for two years. Either party may terminate it by giving three months of written notice, or at once if the other party is in material breach.',
      },
      { heading: '4. Liability' },
      {
        text: 'Neither party is liable for indirect loss. Nothing in this agreement limits liability for death or injury caused by negligence.',
      },
      { heading: '5. Governing law' },
      { text: 'This agreement is governed by the laws of Norway, and the courts of Oslo have exclusive jurisdiction.' },
      {
        table: [
          ['Signed for the Contractor', 'Signed for the Client'],
          ['______________________', '______________________'],
        ],
      },
    ],
  ],
};

const PAPER: OfficeDocument = {
  label: 'scientific paper',
  columns: 2,
  pages: [
    [
      { title: 'Soil moisture and the growth of spring barley' },
      { text: 'A. Kowalski and R. Osei, Institute of Crop Science' },
      { heading: 'Abstract' },
      {
        text: 'Drought is expected to become more frequent. We measured the growth of spring barley under four levels of soil moisture in 48 plots over three years. Yield fell by 12 % at the lowest level, while the protein content of the grain rose.',
      },
      { heading: '1 Introduction' },
      {
        text: 'Earlier studies report that drought at flowering lowers the yield of cereals (Smith et al., 2012; Zhao and Lee, 2018). How far roots make up for it is less clear. We hypothesised that plants which suffer early grow deeper roots.',
      },
      { heading: '2 Methods' },
      {
        text: 'Plots of 4 by 6 m were assigned to treatments at random. Moisture was recorded every hour at depths of 10, 30 and 60 cm. We fitted a linear mixed model with treatment as fixed and block as random effect.',
      },
      { heading: '3 Results' },
      {
        text: 'Root length density at 60 cm was higher under drought (p < 0.01, n = 48). Yield differed between the treatments (F = 9.2), as Figure 2 shows.',
      },
      { heading: '4 Discussion' },
      {
        text: 'Our findings agree with those of Zhao and Lee (2018). They suggest that an early deficit makes barley more robust.',
      },
      { heading: 'References' },
      {
        text: 'Smith J. et al. (2012). Drought and cereals. Field Crops 41, 112-120.\nZhao L., Lee K. (2018). Roots in dry soil. Plant and Soil 88, 9-21.',
      },
    ],
  ],
};

const LETTER: OfficeDocument = {
  label: 'letter',
  pages: [
    [
      { text: 'Emily Carter\n3 Willow Close\nBath BA2 6QT' },
      { text: '18 September 2023' },
      { text: 'Dear Mrs Porter,' },
      {
        text: 'thank you very much for your kind words of last week, and for the photographs of the garden. We were so glad to hear that you are on your feet again and that your sister could stay with you.',
      },
      {
        text: 'Here all is well. The children have gone back to school, Tom rather against his will, and Anna has begun to play the cello. We hope to come and see you in the autumn holidays, if that suits you, and would stay at the inn so as not to be any trouble.',
      },
      { text: 'Please give our love to Harold, and write soon.' },
      { text: 'Yours sincerely,' },
      { text: 'Emily' },
    ],
  ],
};

const DECK: OfficeDocument = {
  label: 'slide deck',
  slides: true,
  pages: [
    [{ title: 'Testing in the browser' }, { text: 'Nina Roy\nWeb Days 2024' }],
    [{ title: 'Agenda' }, { list: ['Why test in a real browser', 'Tools', 'Demo', 'Questions'] }],
    [{ title: 'Tools' }, { list: ['Playwright', 'Vitest', 'WebDriver'] }],
    [{ title: 'Thank you for your attention!' }, { text: 'Slides: talks.example/browser' }],
  ],
};

/** A document of each kind that offices see most. */
export const OFFICE: readonly OfficeDocument[] = [INVOICE, CV, CONTRACT, PAPER, LETTER, DECK];
