import { ERRORS } from '#contracts';
import { renderErrorsPage } from './errors-page.js';

describe('the errors page', () => {
  it('has a heading for every code, and the statuses that the API speaks', () => {
    const page = renderErrorsPage();
    for (const [code, { status }] of Object.entries(ERRORS)) {
      expect(page).toContain(`\n## ${code}\n`);
      expect([400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 428, 429, 500, 503, 504]).toContain(status);
    }
  });
});
