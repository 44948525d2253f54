// Boost.JSON without a library to link: its implementation is compiled here, once.
#include <boost/json/src.hpp>
