#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlschemas.h>
#include <libxml/xmlschemastypes.h>

// Macro of C numbers that Swift does not import: marks a SAX handler as speaking version 2.
static inline unsigned int exospool_xml_sax2_magic(void) { return XML_SAX2_MAGIC; }
