// Where the tests take from what the reference asks of the action catalogue.
#ifndef SCPCHECK_TESTS_REFERENCE_CATALOGUE_HOOKS_H_
#define SCPCHECK_TESTS_REFERENCE_CATALOGUE_HOOKS_H_

#include "reference.h"

namespace scpcheck::reference {

KeyArity CatalogueKeyArity();
ActionFacts CatalogueActionFacts();

}  // namespace scpcheck::reference

#endif  // SCPCHECK_TESTS_REFERENCE_CATALOGUE_HOOKS_H_
