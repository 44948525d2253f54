/** JSON Schemas (draft 7) that hold every message of one side and version to the wire, for validators in tests. */
import clientV1 from '../../../../api/schemas/client-v1.json' with { type: 'json' };
import clientV2 from '../../../../api/schemas/client-v2.json' with { type: 'json' };
import serverV1 from '../../../../api/schemas/server-v1.json' with { type: 'json' };
import serverV2 from '../../../../api/schemas/server-v2.json' with { type: 'json' };

export { clientV1, clientV2, serverV1, serverV2 };
